#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/result.hpp"

namespace kansli::http {

// The mail server that an administrator has named. Without a host nothing is ever sent.
struct MailServer {
    std::string host{};
    std::uint16_t port = 25;
    bool starttls = true;  // refuse to send when the server does not offer it
    std::string from{};    // the sender's address
};

struct Mail {
    std::string to{};  // one address
    std::string subject{};
    std::string text{};
};

// Sends plain text over SMTP (RFC 5321), with the message as RFC 5322 and 2045 have it: UTF-8 in base64, lines that end in
// CR LF. No credentials: the organisation's own relay is meant, which knows its senders by their address.
// Threads: any; send() blocks.
class MailClient {
  public:
    explicit MailClient(MailServer server);

    [[nodiscard]] bool configured() const { return !server_.host.empty() && !server_.from.empty(); }
    // unsupported when no server is named; invalid_input for an address that is not one plain address, also when the server says
    // so; unavailable for all that may pass.
    [[nodiscard]] Result<void> send(const Mail& mail) const;

  private:
    MailServer server_;
};

// The message as it goes over the wire. `date` in the form of RFC 5322, `id` without brackets.
[[nodiscard]] std::string message_of(const Mail& mail, const std::string& from, const std::string& date,
                                     const std::string& id);

}  // namespace kansli::http
