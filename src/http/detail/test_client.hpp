#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/detail/descriptor.hpp"

namespace kansli::http::detail {

// A connection that sends exactly the bytes it is told, for tests of the server.
class TestClient {
  public:
    explicit TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
        connected_ =
            ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }

    [[nodiscard]] bool connected() const { return connected_; }

    // False when the server has closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // Reads until `end` has come, the server closes, or time is up. What follows `end` stays for the next call.
    std::string read_until(std::string_view end,
                           std::chrono::milliseconds patience = std::chrono::seconds{10}) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (end.empty() || received_.find(end) == std::string::npos) {
            if (!receive(until)) return std::exchange(received_, {});
        }
        const auto size = received_.find(end) + end.size();
        auto text = received_.substr(0, size);
        received_.erase(0, size);
        return text;
    }

    std::string read_all(std::chrono::milliseconds patience = std::chrono::seconds{10}) {
        return read_until("", patience);
    }

    // Head and body of one response with a Content-Length.
    std::string response() {
        auto head = read_until("\r\n\r\n");
        const auto field = head.find("Content-Length: ");
        if (field == std::string::npos) return head;
        const auto size = std::strtoul(head.c_str() + field + 16, nullptr, 10);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
        while (received_.size() < size && receive(until)) {
        }
        head += received_.substr(0, size);
        received_.erase(0, size);
        return head;
    }

    std::string ask(std::string_view request) {
        send(request);
        return response();
    }

    void close() { socket_.close(); }

  private:
    bool receive(std::chrono::steady_clock::time_point until) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd waiting{socket_.get(), POLLIN, 0};
        if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) return false;
        std::string piece(65536, '\0');
        const auto got = ::recv(socket_.get(), piece.data(), piece.size(), 0);
        if (got <= 0) return false;
        received_.append(piece, 0, static_cast<std::size_t>(got));
        return true;
    }

    Descriptor socket_;
    bool connected_ = false;
    std::string received_;
};

}  // namespace kansli::http::detail
