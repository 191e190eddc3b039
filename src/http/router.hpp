#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace kansli::http {

// "GET" to Method::get; nothing for methods that we do not serve.
[[nodiscard]] std::optional<Method> method_of(std::string_view name);
[[nodiscard]] std::string_view method_name(Method method);

// Finds the handler of a path. At each segment a literal beats `{name}`, which beats `{rest*}`; when the
// better one leads nowhere, the others are tried. Threads: add() before all find(); find() from any.
class Router {
  public:
    struct Route {
        Handler handler{};
        RouteOptions options{};
        std::string pattern{};  // as it was added: what logs and figures call the route
    };
    struct Match {
        const Route* route = nullptr;  // null: no route for this method
        std::map<std::string, std::string> path_values{};
        std::vector<Method> allowed{};  // what the path takes; empty: no such path
    };

    Router();
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    // Requires: a pattern as in server.hpp, and no two handlers for the same method and pattern.
    void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

    // HEAD is answered by GET's route when it has none of its own.
    [[nodiscard]] Match find(Method method, const std::vector<std::string>& segments) const;

  private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace kansli::http
