#include "endpoints/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.hpp"
#include "core/file.hpp"
#include "core/toml.hpp"
#include "json/describe.hpp"

namespace kansli::endpoints {

namespace {

using Values = std::vector<std::string>;
constexpr std::size_t longest_file = std::size_t{1} << 20U;
constexpr std::size_t longest_key = 4096;
constexpr auto guide = "Se docs/guides/sprakmodeller.md.";

Failure wrong(const std::string& where, std::string message) {
    return fail(ErrorCode::invalid_input, std::move(message), where, guide);
}

Result<Label> label_of(const Values& words, const std::string& where) {
    Label label;
    for (const auto& word : words) {
        if (word == "personal_data") {
            label.personal_data = true;
        } else if (word == "secrecy") {
            label.secrecy = true;
        } else if (const auto level = json::enum_value<access::InformationClass>(word)) {
            label.information_class = std::max(label.information_class, *level);
        } else {
            return wrong(where, fmt::format("Klassen ”{}” finns inte: välj bland open, internal, "
                                            "confidential, secret, personal_data och secrecy.",
                                            word));
        }
    }
    return label;
}

Result<std::string> single(const Values& values, const std::string& where) {
    if (values.size() == 1) return values.front();
    return wrong(where, "Nyckeln ska ha ett enda värde.");
}

template <typename Number>
Result<Number> number_in(const Values& values, Number least, Number most, const std::string& where) {
    const auto text = TRY(single(values, where));
    Number number{};
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = status == std::errc() && end == text.data() + text.size();
    if (whole && number >= least && number <= most) return number;
    return wrong(where, fmt::format("Värdet ska vara ett tal från {} till {}.", least, most));
}

Result<bool> truth(const Values& values, const std::string& where) {
    const auto text = TRY(single(values, where));
    if (text == "true" || text == "false") return text == "true";
    return wrong(where, "Värdet ska vara true eller false.");
}

using Setter = std::function<Result<void>(EndpointSettings&, const Values&, const std::string& where)>;

Setter word(std::string EndpointSettings::* member) {
    return
        [member](EndpointSettings& endpoint, const Values& values, const std::string& where) -> Result<void> {
            endpoint.*member = TRY(single(values, where));
            return {};
        };
}

Setter price(double EndpointSettings::* member) {
    return
        [member](EndpointSettings& endpoint, const Values& values, const std::string& where) -> Result<void> {
            endpoint.*member = TRY(number_in<double>(values, 0, 1e6, where));
            return {};
        };
}

Setter count(int EndpointSettings::* member, int most) {
    return [member, most](EndpointSettings& endpoint, const Values& values,
                          const std::string& where) -> Result<void> {
        endpoint.*member = TRY(number_in<int>(values, 1, most, where));
        return {};
    };
}

// Every key of an endpoint's table.
const std::map<std::string_view, Setter>& setters() {
    static const std::map<std::string_view, Setter> all{
        {"url", word(&EndpointSettings::url)},
        {"model", word(&EndpointSettings::model)},
        {"key_file", word(&EndpointSettings::key_file)},
        {"key_variable", word(&EndpointSettings::key_variable)},
        {"kronor_per_1000_tokens", price(&EndpointSettings::kronor_per_1000_tokens)},
        {"watt_hours_per_1000_tokens", price(&EndpointSettings::watt_hours_per_1000_tokens)},
        {"parallel", count(&EndpointSettings::parallel, 1000)},
        {"most_tokens", count(&EndpointSettings::most_tokens, 100'000)},
        {"seconds",
         [](EndpointSettings& endpoint, const Values& values, const std::string& where) -> Result<void> {
             endpoint.patience = std::chrono::seconds(TRY(number_in<int>(values, 1, 3600, where)));
             return {};
         }},
        {"internal",
         [](EndpointSettings& endpoint, const Values& values, const std::string& where) -> Result<void> {
             endpoint.internal = TRY(truth(values, where));
             return {};
         }},
        {"approved",
         [](EndpointSettings& endpoint, const Values& values, const std::string& where) -> Result<void> {
             endpoint.approved = TRY(label_of(values, where));
             return {};
         }},
    };
    return all;
}

// "llm.kommunen.se" of "https://llm.kommunen.se:8443/v1"; empty when it is no address of that kind.
std::string host_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (url.find('@') != std::string_view::npos) return {};
    if (url.starts_with('[')) return std::string(url.substr(1, url.find(']') - 1));
    return to_lower_ascii(url.substr(0, url.find(':')));
}

// Puts right what may be written in several ways, and refuses what cannot be meant.
Result<void> finish(EndpointSettings& endpoint, const std::string& where) {
    while (endpoint.url.ends_with('/'))
        endpoint.url.pop_back();
    if (constexpr std::string_view path = "/chat/completions"; endpoint.url.ends_with(path))
        endpoint.url.resize(endpoint.url.size() - path.size());
    endpoint.host = host_of(endpoint.url);
    const bool safe = endpoint.url.starts_with("https://");
    if (endpoint.host.empty() || (!safe && !endpoint.url.starts_with("http://")))
        return wrong(where, "url saknas eller är ingen webbadress som börjar med http:// eller https://.");
    if (endpoint.host == "localhost" || endpoint.host == "127.0.0.1" || endpoint.host == "::1")
        endpoint.internal = true;
    if (!safe && !endpoint.internal) {
        return wrong(where,
                     "url ska börja med https:// när servern inte står i organisationen (internal = true).");
    }
    if (endpoint.model.empty()) return wrong(where, "model saknas.");
    if (!endpoint.key_file.empty() && !endpoint.key_variable.empty())
        return wrong(where, "Ange antingen key_file eller key_variable.");
    return {};
}

// The lines outside the endpoints' tables. False when the key is none of them.
Result<bool> set_rule(Rules& rules, const std::string& key, const Values& values, const std::string& where) {
    constexpr std::string_view departments = "departments.";
    constexpr std::string_view groups = "groups.";
    constexpr std::string_view collections = "collections.";
    if (key == "least") {
        rules.floor = TRY(label_of(values, where));
    } else if (key.starts_with(departments)) {
        rules.principals["department:" + key.substr(departments.size())] = TRY(label_of(values, where));
    } else if (key.starts_with(groups)) {
        rules.principals[key.substr(groups.size())] = TRY(label_of(values, where));
    } else if (key.starts_with(collections)) {
        rules.collections[key.substr(collections.size())] = TRY(label_of(values, where));
    } else {
        return false;
    }
    return true;
}

Result<void> put_in_order(std::vector<EndpointSettings>& endpoints, const Values& order,
                          const std::string& where) {
    for (const auto& name : order) {
        if (std::ranges::find(endpoints, name, &EndpointSettings::name) == endpoints.end())
            return wrong(where + ": order", fmt::format("Stället ”{}” finns inte.", name));
    }
    std::ranges::stable_sort(endpoints, {}, [&](const EndpointSettings& endpoint) {
        return std::ranges::find(order, endpoint.name) - order.begin();
    });
    return {};
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, [](char c) {
        return is_ascii_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

}  // namespace

Result<ModelSettings> parse_model_settings(std::string_view toml, const std::string& where) {
    ModelSettings settings;
    std::map<std::string, EndpointSettings> named;
    Values order;
    for (const auto& [key, values] : TRY(parse_toml(toml, where))) {
        const auto place = fmt::format("{}: {}", where, key);
        if (key == "order") {
            order = values;
            continue;
        }
        if (TRY(set_rule(settings.rules, key, values, place))) continue;
        const auto dot = key.find('.');
        const auto setter = dot == std::string::npos ? setters().end()
                                                     : setters().find(std::string_view(key).substr(dot + 1));
        if (setter == setters().end()) return wrong(place, "Nyckeln finns inte.");
        const auto name = key.substr(0, dot);
        if (!is_plain_name(name))
            return wrong(place, "Namnet på ett ställe skrivs med a–z, siffror, - och _.");
        auto& endpoint = named[name];
        endpoint.name = name;
        TRY(setter->second(endpoint, values, place));
    }
    for (auto& [name, endpoint] : named) {
        TRY(finish(endpoint, fmt::format("{} [{}]", where, name)));
        settings.endpoints.push_back(std::move(endpoint));
    }
    TRY(put_in_order(settings.endpoints, order, where));
    return settings;
}

Result<ModelSettings> read_model_settings(const std::filesystem::path& file) {
    std::error_code status;
    if (!std::filesystem::exists(file, status)) return ModelSettings{};
    return parse_model_settings(TRY(read_file(file, longest_file)), file.string());
}

Label label_by_rules(const Rules& rules, const access::Caller& caller,
                     const std::vector<std::string>& collections) {
    Label label = rules.floor;
    const auto add = [&](const std::map<std::string, Label>& of, const std::string& name) {
        if (const auto rule = of.find(name); rule != of.end()) label = highest(label, rule->second);
    };
    for (const auto& principal : access::principals_of(caller))
        add(rules.principals, principal);
    for (const auto& collection : collections)
        add(rules.collections, collection);
    return label;
}

Result<std::string> read_key(const EndpointSettings& endpoint, const std::filesystem::path& keys) {
    std::string key;
    if (!endpoint.key_file.empty()) {
        key = TRY(read_file(keys / endpoint.key_file, longest_key));
    } else if (!endpoint.key_variable.empty()) {
        // The program never changes its environment, so that reading it is safe.
        const char* value = std::getenv(endpoint.key_variable.c_str());  // NOLINT(concurrency-mt-unsafe)
        key = value != nullptr ? value : "";
    } else {
        return key;
    }
    while (!key.empty() && is_ascii_space(key.back()))
        key.pop_back();
    if (!key.empty()) return key;
    return fail(ErrorCode::invalid_input, "Nyckeln till språkmodellen är tom.",
                endpoint.key_file.empty() ? endpoint.key_variable : endpoint.key_file,
                "Skriv leverantörens nyckel där models.toml säger.");
}

}  // namespace kansli::endpoints
