#include "core/toml.hpp"

#include <optional>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace kansli {

namespace {

std::optional<std::string> scalar(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* date = node.as_date()) {
        const auto day = date->get();
        return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    }
    return std::nullopt;
}

// Two levels are all that settings and sidecars have; what lies deeper is not read.
void collect(const toml::table& table, const std::string& prefix, bool descend, TomlValues& values) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        if (const auto value = scalar(node)) {
            values[name] = {*value};
        } else if (const auto* list = node.as_array()) {
            auto& texts = values[name];
            for (const auto& element : *list) {
                if (auto text = scalar(element)) texts.push_back(*std::move(text));
            }
        } else if (const auto* inner = node.as_table(); inner != nullptr && descend) {
            collect(*inner, name + ".", false, values);
        }
    }
}

}  // namespace

Result<TomlValues> parse_toml(std::string_view text, std::string_view where) {
    try {
        TomlValues values;
        collect(toml::parse(text), "", true, values);
        return values;
    } catch (const toml::parse_error& problem) {
        // What the library says of it is English, and for those who know the grammar.
        return fail(ErrorCode::invalid_input,
                    fmt::format("Rad {} går inte att läsa.", problem.source().begin.line), std::string(where),
                    "Kontrollera citattecken och likhetstecken där; formatet beskrivs på toml.io.");
    }
}

}  // namespace kansli
