#include "ui/common/ErrorText.h"

namespace cumulet {

// Words for one attempt; empty where the general ones serve.
QString ErrorText::special(ErrorKind kind, Attempt attempt)
{
    switch (attempt) {
    case Attempt::SignIn:
        if (kind == ErrorKind::NotFound || kind == ErrorKind::Unreachable)
            return tr("No such server, or it cannot be reached.");
        if (kind == ErrorKind::NotAllowed || kind == ErrorKind::Rejected)
            return tr("The server refused the login.");
        if (kind == ErrorKind::Unsupported)
            return tr("The server offers no secure way to log in.");
        break;
    case Attempt::Message:
        if (kind == ErrorKind::NotFound)
            return tr("This address does not exist.");
        if (kind == ErrorKind::NotAllowed)
            return tr("This contact does not accept your messages.");
        if (kind == ErrorKind::Unreachable)
            return tr("Nobody at this address can be reached. Is it written correctly?");
        break;
    case Attempt::Post:
    case Attempt::Comment:
        if (kind == ErrorKind::NotAllowed)
            return attempt == Attempt::Post ? tr("You can read here but not post.")
                                            : tr("You can read here but not comment.");
        if (kind == ErrorKind::NotFound)
            return attempt == Attempt::Post ? tr("This channel was deleted.")
                                            : tr("The post was deleted while you were writing.");
        break;
    case Attempt::Follow:
        if (kind == ErrorKind::NotFound)
            return tr("There is no channel at this address.");
        if (kind == ErrorKind::NotAllowed)
            return tr("The owner does not let you follow this channel.");
        break;
    case Attempt::Load:
        if (kind == ErrorKind::NotAllowed)
            return tr("Only followers can read this.");
        break;
    case Attempt::Delete:
        if (kind == ErrorKind::NotFound)
            return tr("It was deleted already.");
        break;
    case Attempt::Contact:
        if (kind == ErrorKind::NotFound)
            return tr("This address does not exist.");
        break;
    case Attempt::TakeBack:
        if (kind == ErrorKind::NotFound)
            return tr("It has been sent already.");
        if (kind == ErrorKind::Conflict)
            return tr("It is on its way and may have arrived; it cannot be taken back.");
        break;
    case Attempt::Anything:
        break;
    }
    return {};
}

QString ErrorText::general(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return tr("You are offline. It will be tried again when you are back.");
    case ErrorKind::Unreachable:
        return tr("The server cannot be reached.");
    case ErrorKind::Timeout:
        return tr("The server did not answer in time.");
    case ErrorKind::Authentication:
        return tr("Wrong address or password.");
    case ErrorKind::Certificate:
        return tr("The server shows a certificate that is not trusted.");
    case ErrorKind::NotAllowed:
        return tr("You are not allowed to do this.");
    case ErrorKind::NotFound:
        return tr("It does not exist, or not any more.");
    case ErrorKind::Conflict:
        return tr("It exists already.");
    case ErrorKind::SlowDown:
        return tr("The server asks to slow down. Try again in a minute.");
    case ErrorKind::TooLarge:
        return tr("This is larger than the server accepts.");
    case ErrorKind::Rejected:
        return tr("The server refused it.");
    case ErrorKind::Malformed:
        return tr("The server's answer makes no sense.");
    case ErrorKind::Unsupported:
        return tr("The server cannot do this.");
    case ErrorKind::Storage:
        return tr("It could not be saved on this computer. Is the disk full?");
    case ErrorKind::Canceled:
        return tr("Given up.");
    }
    return {};
}

QString ErrorText::sentence(const Error &error, Attempt attempt)
{
    const QString words = special(error.kind, attempt);
    return words.isEmpty() ? general(error.kind) : words;
}

QString ErrorText::brief(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return tr("Offline");
    case ErrorKind::Unreachable:
        return tr("Cannot be reached");
    case ErrorKind::Timeout:
        return tr("No answer");
    case ErrorKind::Authentication:
        return tr("Wrong password");
    case ErrorKind::Certificate:
        return tr("Not trusted");
    case ErrorKind::NotAllowed:
        return tr("Not allowed");
    case ErrorKind::NotFound:
        return tr("Not found");
    case ErrorKind::Conflict:
        return tr("Exists already");
    case ErrorKind::SlowDown:
        return tr("Too many requests");
    case ErrorKind::TooLarge:
        return tr("Too large");
    case ErrorKind::Rejected:
        return tr("Refused");
    case ErrorKind::Malformed:
        return tr("Makes no sense");
    case ErrorKind::Unsupported:
        return tr("Not supported");
    case ErrorKind::Storage:
        return tr("Not saved");
    case ErrorKind::Canceled:
        return tr("Given up");
    }
    return {};
}

bool ErrorText::retryHelps(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
    case ErrorKind::SlowDown:
    case ErrorKind::Storage:
    case ErrorKind::Malformed:
    case ErrorKind::Canceled:
    case ErrorKind::Rejected:
        return true;
    default:
        return false;
    }
}

} // namespace cumulet
