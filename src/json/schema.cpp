#include "json/schema.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <vector>

namespace kansli::json {

namespace {

char ascii_upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

Direction other(Direction direction) {
    return direction == Direction::read ? Direction::write : Direction::read;
}

// The parts between "::" of a C++ name.
std::vector<std::string> parts_of(std::string_view type) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= type.size();) {
        const auto end = std::min(type.find("::", begin), type.size());
        parts.emplace_back(type.substr(begin, end - begin));
        begin = end + 2;
    }
    return parts;
}

// "search" or "made_up" to "Search" or "MadeUp".
std::string pascal_case(std::string_view name) {
    std::string result;
    bool upper = true;
    for (const char letter : name) {
        if (letter == '_') {
            upper = true;
            continue;
        }
        if (std::isalnum(static_cast<unsigned char>(letter)) == 0) continue;
        result += upper ? ascii_upper(letter) : letter;
        upper = false;
    }
    return result;
}

}  // namespace

bool Schemas::begin(const Key& key) {
    if (names_.contains(key)) return false;
    const auto name = free_name(key);
    names_[key] = name;
    bodies_[name] = Value();
    return true;
}

Value Schemas::finish(const Key& key, Value body) {
    const auto twin = names_.find(Key{key.type, other(key.direction)});
    if (twin != names_.end() && bodies_.at(twin->second) == body) {
        bodies_.erase(names_.at(key));
        names_[key] = twin->second;
    } else {
        bodies_[names_.at(key)] = std::move(body);
    }
    return reference(key);
}

Value Schemas::reference(const Key& key) const {
    Value result = Value::object();
    result["$ref"] = prefix_ + names_.at(key);
    return result;
}

std::string Schemas::free_name(const Key& key) const {
    const auto parts = parts_of(key.type);
    const bool has_twin = names_.contains(Key{key.type, other(key.direction)});
    const std::string suffix = !has_twin ? "" : key.direction == Direction::read ? "Input" : "Output";
    std::string name;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        name.insert(0, pascal_case(*part));
        if (!bodies_.contains(name + suffix)) break;
    }
    return name + suffix;
}

Value Schemas::components() const {
    Value all = Value::object();
    for (const auto& [name, body] : bodies_)
        all[name] = body;
    return all;
}

Value Schemas::nullable(Value schema) {
    if (const auto* type = schema.find("type"); type != nullptr && type->as_string() != nullptr) {
        schema["type"] = Value(Value::Array{*type, "null"});
        return schema;
    }
    if (schema.find("$ref") == nullptr) return schema;  // anything, or nullable already
    Value either = Value::array();
    either.push_back(std::move(schema));
    either.push_back(Value(Value::Object{{"type", "null"}}));
    return Value(Value::Object{{"anyOf", std::move(either)}});
}

Value Schemas::integer(bool is_signed, std::size_t bytes) {
    Value schema = Value::object();
    schema["type"] = "integer";
    if (bytes >= 4) schema["format"] = bytes == 4 && is_signed ? "int32" : "int64";
    if (!is_signed) schema["minimum"] = 0;
    if (!is_signed && bytes < sizeof(std::uint64_t)) schema["maximum"] = (std::int64_t{1} << (bytes * 8)) - 1;
    if (is_signed && bytes < 4) {
        schema["minimum"] = -(std::int64_t{1} << (bytes * 8 - 1));
        schema["maximum"] = (std::int64_t{1} << (bytes * 8 - 1)) - 1;
    }
    return schema;
}

Value Schemas::text(std::string_view format) {
    Value schema = Value::object();
    schema["type"] = "string";
    if (!format.empty()) schema["format"] = format;
    return schema;
}

Value Schemas::array_of(Value items) {
    Value schema = Value::object();
    schema["type"] = "array";
    schema["items"] = std::move(items);
    return schema;
}

Value Schemas::map_of(Value values) {
    Value schema = Value::object();
    schema["type"] = "object";
    schema["additionalProperties"] = std::move(values);
    return schema;
}

}  // namespace kansli::json
