#pragma once

#include "domain/Result.h"

#include <QCoreApplication>
#include <QString>

namespace cumulet {

/// The one place where an Error becomes a sentence. The detail never becomes part of it: it is a server's words.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::ErrorText)
public:
    /// What was tried, where it changes the words.
    enum class Attempt { Anything, SignIn, Message, Post, Comment, Follow, Load, Delete, Contact, TakeBack };

    /// One sentence in plain words: what happened and, where it helps, what will or can be done.
    static QString sentence(const Error &error, Attempt attempt = Attempt::Anything);
    /// Two or three words for a cramped place: "No answer", "Not allowed".
    static QString brief(ErrorKind kind);
    /// Whether "Retry" is worth a button.
    static bool retryHelps(ErrorKind kind);

private:
    static QString special(ErrorKind kind, Attempt attempt);
    static QString general(ErrorKind kind);
};

} // namespace cumulet
