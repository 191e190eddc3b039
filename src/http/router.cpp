#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/check.hpp"

namespace kansli::http {

namespace {

constexpr std::array<std::pair<Method, std::string_view>, 6> methods{{{Method::get, "GET"},
                                                                      {Method::head, "HEAD"},
                                                                      {Method::post, "POST"},
                                                                      {Method::put, "PUT"},
                                                                      {Method::patch, "PATCH"},
                                                                      {Method::del, "DELETE"}}};

// The pieces of "/a/{b}/c"; none for "/".
std::vector<std::string_view> split(std::string_view pattern) {
    std::vector<std::string_view> pieces;
    CHECK_INVARIANT(pattern.starts_with('/'));
    pattern.remove_prefix(1);
    if (pattern.empty()) return pieces;
    for (bool more = true; more;) {
        const auto piece = pattern.substr(0, pattern.find('/'));
        more = piece.size() < pattern.size();
        pattern.remove_prefix(piece.size() + (more ? 1 : 0));
        pieces.push_back(piece);
    }
    return pieces;
}

std::string joined(const std::vector<std::string>& segments, std::size_t from) {
    std::string text;
    for (auto i = from; i < segments.size(); ++i) {
        if (i > from) text += '/';
        text += segments[i];
    }
    return text;
}

}  // namespace

std::optional<Method> method_of(std::string_view name) {
    const auto* const found = std::ranges::find(methods, name, &std::pair<Method, std::string_view>::second);
    return found != methods.end() ? std::optional(found->first) : std::nullopt;
}

std::string_view method_name(Method method) {
    const auto* const found = std::ranges::find(methods, method, &std::pair<Method, std::string_view>::first);
    return found != methods.end() ? found->second : std::string_view{};
}

// A place that the segments so far lead to. The names of values belong to the end, because two routes may
// name the same place differently.
struct Router::Node {
    struct End {
        Route route{};
        std::vector<std::string> names{};
    };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals{};
    std::unique_ptr<Node> value{};
    std::unique_ptr<Node> rest{};
    std::map<Method, End> ends{};

    static Node& child(std::unique_ptr<Node>& place) {
        if (!place) place = std::make_unique<Node>();
        return *place;
    }

    // Recursion is as deep as the longest pattern.
    // NOLINTNEXTLINE(misc-no-recursion)
    const Node* find(const std::vector<std::string>& segments, std::size_t at,
                     std::vector<std::string>& values) const {
        if (at == segments.size()) return ends.empty() ? nullptr : this;
        if (const auto literal = literals.find(segments[at]); literal != literals.end()) {
            if (const auto* found = literal->second->find(segments, at + 1, values)) return found;
        }
        if (value && !segments[at].empty()) {
            values.push_back(segments[at]);
            if (const auto* found = value->find(segments, at + 1, values)) return found;
            values.pop_back();
        }
        if (!rest) return nullptr;
        values.push_back(joined(segments, at));
        return rest.get();
    }
};

Router::Router() : root_(std::make_unique<Node>()) {
}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    Node* node = root_.get();
    std::vector<std::string> names;
    for (const auto piece : split(pattern)) {
        CHECK_INVARIANT(node != nullptr);
        if (!piece.starts_with('{')) {
            node = &Node::child(node->literals[std::string(piece)]);
            continue;
        }
        CHECK_INVARIANT(piece.ends_with('}') && piece.size() > 2);
        const bool takes_rest = piece.ends_with("*}");
        names.emplace_back(piece.substr(1, piece.size() - (takes_rest ? 3 : 2)));
        node = &Node::child(takes_rest ? node->rest : node->value);
    }
    const bool is_new =
        node->ends
            .try_emplace(method,
                         Node::End{{std::move(handler), options, std::string(pattern)}, std::move(names)})
            .second;
    CHECK_INVARIANT(is_new);
}

Router::Match Router::find(Method method, const std::vector<std::string>& segments) const {
    std::vector<std::string> values;
    const auto* node = root_->find(segments, 0, values);
    Match match;
    if (node == nullptr) return match;
    for (const auto& [allowed, end] : node->ends)
        match.allowed.push_back(allowed);
    if (node->ends.contains(Method::get) && !node->ends.contains(Method::head))
        match.allowed.push_back(Method::head);
    auto end = node->ends.find(method);
    if (end == node->ends.end() && method == Method::head) end = node->ends.find(Method::get);
    if (end == node->ends.end()) return match;
    match.route = &end->second.route;
    for (std::size_t i = 0; i < end->second.names.size(); ++i) {
        match.path_values.emplace(end->second.names[i], std::move(values[i]));
    }
    return match;
}

}  // namespace kansli::http
