#!/usr/bin/env bash
# make-certs.sh DIR NAME...   a throw-away CA and one server certificate for tests, for every NAME, its
# sub-names and 127.0.0.1. Result: DIR/ca.crt (for clients), server.crt, server.key, server.pem (both in one).
set -euo pipefail
dir=$1; shift
mkdir -p "$dir"; cd "$dir"
san=IP:127.0.0.1
for name in "$@"; do san+=",DNS:$name,DNS:*.$name"; done
ssl() { openssl "$@" 2>>openssl.log || { tail -n 3 openssl.log >&2; exit 1; }; }
ssl ecparam -name prime256v1 -genkey -noout -out ca.key
ssl req -x509 -new -key ca.key -days 3650 -subj "/CN=Cumulet test CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out ca.crt
ssl ecparam -name prime256v1 -genkey -noout -out server.key
ssl req -new -key server.key -subj "/CN=$1" -out server.csr
printf 'subjectAltName=%s\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n' "$san" >ext.cnf
ssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile ext.cnf -out server.crt
cat server.crt server.key >server.pem
chmod 600 ./*.key server.pem
