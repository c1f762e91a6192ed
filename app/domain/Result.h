// Errors are values: Result<T> is a T or an Error, QFuture<Result<T>> (Async.h) is the same later.
#pragma once

#include <QMetaType>
#include <QString>

#include <utility>
#include <variant>

namespace cumulet {

/// What went wrong, said as what the user can do about it. The sentence is chosen in ui/common/ErrorText.
enum class ErrorKind {
    Offline, ///< we are not connected; it is kept and tried again
    Unreachable, ///< the server or service cannot be reached
    Timeout, ///< no answer in time: the outcome is unknown
    Authentication, ///< wrong address or password
    Certificate, ///< the server's certificate is not trusted
    NotAllowed, ///< the other side refuses this to us
    NotFound, ///< it does not exist (any more)
    Conflict, ///< it exists already, or somebody else was faster
    SlowDown, ///< too many requests
    TooLarge, ///< over a size limit
    Rejected, ///< refused for another reason
    Malformed, ///< what came makes no sense
    Unsupported, ///< the server cannot do this
    Storage, ///< the local database failed
    Canceled, ///< given up by us: the object that asked is gone
};

/// An error: its kind decides what is shown, its detail is the technical cause for the log.
struct Error
{
    ErrorKind kind = ErrorKind::Rejected;
    QString detail;

    bool operator==(const Error &) const = default;
};

/// For operations whose success carries no value.
struct Done
{
    bool operator==(const Done &) const = default;
};

/// A value or an Error. Named after std::expected (C++23), so that it can take its place later.
template <typename T> class [[nodiscard]] Result
{
public:
    using Value = T;

    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }
    // QFuture wants its results to be default-constructible
    Result()
        : m_content(std::in_place_index<1>, Error{ErrorKind::Canceled, {}})
    {
    }

    bool has_value() const { return m_content.index() == 0; }
    explicit operator bool() const { return has_value(); }
    const T &value() const { return std::get<0>(m_content); }
    T &value() { return std::get<0>(m_content); }
    const T &operator*() const { return value(); }
    T &operator*() { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Error)
