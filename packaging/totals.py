#!/usr/bin/env python3
"""totals.py CTEST_LOG...: counts the test functions in what ctest kept of the programs' output.

Prints what failed and why, then "N passed, N failed, N skipped". A program that ended otherwise than its functions
say (a crash, a time limit, a sanitizer's finding) counts as one more failure. Ends with 1 if something failed or
nothing ran. A test that was repeated counts as it ended the last time, and is named.
"""
import re
import sys

OUTCOME = re.compile(r"^(PASS|FAIL!|SKIP|XFAIL|XPASS|BPASS|BFAIL)\s*: (\S+?::\w+)(\(.*?\))?\s?(.*)")
FRAME = ("initTestCase", "cleanupTestCase")
RANK = {"passed": 0, "skipped": 1, "failed": 2}


def functions(lines):
    """Outcomes of one program's functions, and the words that go with failures."""
    outcomes, causes = {}, []
    for number, line in enumerate(lines):
        match = OUTCOME.match(line)
        if not match:
            continue
        word, name, row, rest = match.groups()
        outcome = {"PASS": "passed", "SKIP": "skipped", "XFAIL": None}.get(word, "failed")
        if outcome is None or (outcome == "passed" and name.rpartition("::")[2] in FRAME):
            continue
        key = name + (row or "")
        if RANK[outcome] >= RANK.get(outcomes.get(key), -1):
            outcomes[key] = outcome
        if outcome == "failed":
            causes.append("  %s %s" % (key, rest))
            for more in lines[number + 1:number + 6]:
                if OUTCOME.match(more) or more.startswith("Totals"):
                    break
                causes.append("    " + more.strip())
    return outcomes, causes


def programs(path):
    """Yields name, verdict and output lines of each test in a ctest log."""
    name, output, inside = None, [], False
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            line = line.rstrip("\n")
            start = re.match(r"^\d+/\d+ Testing: (.*)", line)
            if start:
                name, output, inside = start.group(1), [], True
            elif inside and line == "<end of output>":
                inside = False
            elif inside:
                output.append(line)
            elif name and (line.startswith("Test ") and not line.startswith("Test time")):
                yield name, line, output
                name = None
    if name:
        yield name, "Test did not end.", output


def main():
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path in sys.argv[1:]:
        last = {}
        for name, verdict, output in programs(path):
            if name in last:
                print("%s: failed at first, and was repeated" % name)
            last[name] = (verdict, output)
        for name, (verdict, output) in last.items():
            outcomes, causes = functions(output)
            for outcome in outcomes.values():
                counts[outcome] += 1
            if verdict != "Test Passed." and "failed" not in outcomes.values():
                counts["failed"] += 1
                telling = [line for line in output if re.search(
                    r"ERROR: \w+Sanitizer|SUMMARY: |runtime error|WARNING: ThreadSanitizer|Received signal|"
                    r"QFATAL|ASSERT|terminate called|no test class|error while loading", line)]
                causes = ["  " + line for line in (telling or output[-12:])[:20]]
            elif verdict == "Test Passed." and not outcomes:
                counts["failed"] += 1
                causes = ["  it ran no test function"]
            if causes:
                print("%s: %s" % (name, verdict))
                print("\n".join(cause[:400] for cause in causes[:60]))
    if not any(counts.values()):
        print("no test ran")
    print("%(passed)d passed, %(failed)d failed, %(skipped)d skipped" % counts)
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
