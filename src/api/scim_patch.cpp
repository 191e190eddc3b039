#include "api/scim_patch.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "api/scim.hpp"
#include "core/ascii.hpp"

namespace kansli::api::scim {

namespace {

using access::ProvisionedGroup;
using access::ProvisionedPerson;
using json::Value;

constexpr std::string_view patch_schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
constexpr std::size_t most_steps = 1000;

Failure bad_patch(std::string message, std::string_view where = in_body) {
    return fail(ErrorCode::invalid_input, std::move(message), std::string(where));
}

Result<PatchVerb> verb_of(const Value& operation) {
    const auto* value = operation.find("op");
    const auto* text = value != nullptr ? value->as_string() : nullptr;
    const auto word = text != nullptr ? to_lower_ascii(*text) : std::string();
    if (word == "add") return PatchVerb::add;
    if (word == "replace") return PatchVerb::replace;
    if (word == "remove") return PatchVerb::remove;
    return bad_patch("op ska vara add, replace eller remove.");
}

bool is_patch(const Value& body) {
    const auto* schemas = body.find("schemas");
    const auto* list = schemas != nullptr ? schemas->as_array() : nullptr;
    return list != nullptr && std::ranges::find(*list, Value(patch_schema)) != list->end();
}

Result<void> add_steps(std::vector<PatchStep>& steps, const Value& operation) {
    const auto verb = TRY(verb_of(operation));
    const auto* path = operation.find("path");
    const auto* value = operation.find("value");
    if (path != nullptr && !path->is_null()) {
        steps.push_back({.verb = verb,
                         .path = TRY(parse_path(TRY(text_value(*path, in_path)))),
                         .value = value != nullptr ? *value : Value()});
        return {};
    }
    const auto* members = value != nullptr ? value->as_object() : nullptr;
    if (verb == PatchVerb::remove || members == nullptr)
        return bad_patch("Utan path ska value vara ett objekt.", in_path);
    for (const auto& [name, inner] : *members) {
        if (name != "schemas") steps.push_back({.verb = verb, .path = TRY(parse_path(name)), .value = inner});
    }
    return {};
}

// A text that a step sets; removing empties it.
Result<std::string> text_of(const PatchStep& step) {
    if (step.verb == PatchVerb::remove || step.value.is_null()) return std::string();
    return text_value(step.value, step.path.attribute);
}

Result<void> set_user_name(ProvisionedPerson& person, const PatchStep& step) {
    person.user.user_name = TRY(text_of(step));
    return {};
}

// The name cannot be taken away: there is no person without one.
Result<void> set_name(ProvisionedPerson& person, const PatchStep& step) {
    if (auto name = TRY(text_of(step)); !name.empty()) person.user.name = std::move(name);
    return {};
}

Result<void> set_name_parts(ProvisionedPerson& person, const PatchStep& step) {
    const auto* formatted = step.value.find("formatted");
    if (formatted != nullptr && !formatted->is_null()) person.user.name = TRY(text_value(*formatted, "name"));
    return {};
}

Result<void> set_external_id(ProvisionedPerson& person, const PatchStep& step) {
    person.external_id = TRY(text_of(step));
    return {};
}

Result<void> set_active(ProvisionedPerson& person, const PatchStep& step) {
    if (step.verb == PatchVerb::remove) return bad_patch("active går inte att ta bort.", read_only);
    person.user.disabled = !TRY(truth_value(step.value, "active"));
    return {};
}

Result<void> set_emails(ProvisionedPerson& person, const PatchStep& step) {
    person.user.email = step.verb == PatchVerb::remove ? std::string() : TRY(email_value(step.value));
    return {};
}

Result<void> set_group_name(ProvisionedGroup& group, const PatchStep& step) {
    group.group.name = TRY(text_of(step));
    return {};
}

Result<void> set_group_external_id(ProvisionedGroup& group, const PatchStep& step) {
    group.external_id = TRY(text_of(step));
    return {};
}

void take_out(ProvisionedGroup& group, const std::vector<access::Member>& members) {
    std::erase_if(group.members, [&](const access::Member& member) {
        return std::ranges::any_of(members, [&](const auto& other) { return other.id == member.id; });
    });
}

// Those that a step means: those of its value, and the one between the brackets.
Result<std::vector<access::Member>> members_meant(const PatchStep& step) {
    auto members = TRY(member_values(step.value));
    for (const auto& condition : step.path.conditions) {
        if (condition.attribute != "value") return bad_patch("Medlemmar väljs med value.", in_path);
        members.push_back({.id = access::UserId(condition.value)});
    }
    return members;
}

Result<void> change_members(ProvisionedGroup& group, const PatchStep& step) {
    auto meant = TRY(members_meant(step));
    if (step.verb == PatchVerb::remove) {
        if (meant.empty()) {
            group.members.clear();
        } else {
            take_out(group, meant);
        }
        return {};
    }
    if (step.verb == PatchVerb::replace) group.members.clear();
    take_out(group, meant);
    group.members.insert(group.members.end(), meant.begin(), meant.end());
    return {};
}

template <typename T>
struct Setter {
    std::string_view attribute{};
    Result<void> (*set)(T&, const PatchStep&) = nullptr;
};
constexpr std::array person_setters{Setter<ProvisionedPerson>{"username", set_user_name},
                                    Setter<ProvisionedPerson>{"displayname", set_name},
                                    Setter<ProvisionedPerson>{"name.formatted", set_name},
                                    Setter<ProvisionedPerson>{"name", set_name_parts},
                                    Setter<ProvisionedPerson>{"externalid", set_external_id},
                                    Setter<ProvisionedPerson>{"active", set_active},
                                    Setter<ProvisionedPerson>{"emails", set_emails},
                                    Setter<ProvisionedPerson>{"emails.value", set_emails}};
constexpr std::array group_setters{Setter<ProvisionedGroup>{"displayname", set_group_name},
                                   Setter<ProvisionedGroup>{"externalid", set_group_external_id},
                                   Setter<ProvisionedGroup>{"members", change_members}};
constexpr std::array<std::string_view, 4> unchangeable{"id", "meta", "groups", "schemas"};

template <typename T, std::size_t Count>
Result<void> apply_steps(const std::vector<PatchStep>& steps, T& thing,
                         const std::array<Setter<T>, Count>& setters) {
    T changed = thing;
    for (const auto& step : steps) {
        const auto& attribute = step.path.attribute;
        if (std::ranges::find(unchangeable, attribute) != unchangeable.end())
            return bad_patch(fmt::format("{} går inte att ändra.", attribute), read_only);
        const auto setter = std::ranges::find(setters, attribute, &Setter<T>::attribute);
        if (setter != setters.end()) TRY(setter->set(changed, step));
    }
    thing = std::move(changed);
    return {};
}

}  // namespace

Result<std::vector<PatchStep>> parse_patch(const Value& body) {
    if (!is_patch(body)) return bad_patch(fmt::format("schemas ska innehålla {}.", patch_schema));
    const auto* listed = body.find("Operations");
    const auto* operations = listed != nullptr ? listed->as_array() : nullptr;
    if (operations == nullptr || operations->empty() || operations->size() > most_steps)
        return bad_patch(fmt::format("Operations ska vara en lista med 1 till {} ändringar.", most_steps));
    std::vector<PatchStep> steps;
    for (const auto& operation : *operations)
        TRY(add_steps(steps, operation));
    return steps;
}

Result<void> apply(const std::vector<PatchStep>& steps, ProvisionedPerson& person) {
    return apply_steps(steps, person, person_setters);
}

Result<void> apply(const std::vector<PatchStep>& steps, ProvisionedGroup& group) {
    return apply_steps(steps, group, group_setters);
}

}  // namespace kansli::api::scim
