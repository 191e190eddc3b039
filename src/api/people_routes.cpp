#include <algorithm>
#include <string>
#include <utility>

#include "api/account_messages.hpp"
#include "api/messages.hpp"
#include "api/noted.hpp"
#include "api/routes.hpp"

namespace kansli::api {

Person view(const access::User& user) {
    std::vector<access::Right> rights;
    const auto granted = access::rights_of(user.roles);
    for (const auto right : json::enum_values<access::Right>()) {
        const bool of_keys = right != Right::anyone && right != Right::account;
        if (of_keys && granted.has(right)) rights.push_back(right);
    }
    return {.id = user.id.str(),
            .user_name = user.user_name,
            .name = user.name,
            .email = user.email,
            .roles = user.roles,
            .groups = user.groups,
            .department = user.department,
            .review_kinds = user.review_kinds,
            .disabled = user.disabled,
            .created = user.created,
            .last_signed_in = user.last_signed_in,
            .rights = std::move(rights)};
}

namespace {

using access::UserId;

UserId person_of(const Call& call) {
    return UserId{call.path_value("person")};
}

Result<PersonLink> with_link(const Call& call, const access::User& user) {
    const auto link =
        TRY(call.services.credentials.issue_link(user.id, noted<access::User>(call, "sign_in_link_made")));
    return PersonLink{view(user), call.services.base_url + "/in/" + link.token, link.expires};
}

Result<PersonLink> create(Call& call, NewPerson request) {
    const bool is_service = std::ranges::find(request.roles, access::Role::service) != request.roles.end();
    const auto user =
        TRY(call.services.people.create_user({.name = std::move(request.name),
                                              .roles = std::move(request.roles),
                                              .groups = std::move(request.groups),
                                              .department = std::move(request.department),
                                              .review_kinds = std::move(request.review_kinds),
                                              .user_name = std::move(request.user_name).value_or(""),
                                              .email = std::move(request.email).value_or("")},
                                             noted<access::User>(call, "user_created")));
    if (is_service) return PersonLink{.user = view(user)};
    return with_link(call, user);
}

Result<Person> change_person(Call& call, PersonChange request) {
    return view(TRY(call.services.people.update_user(person_of(call),
                                                     {.name = std::move(request.name),
                                                      .roles = std::move(request.roles),
                                                      .groups = std::move(request.groups),
                                                      .department = std::move(request.department),
                                                      .review_kinds = std::move(request.review_kinds),
                                                      .disabled = request.disabled,
                                                      .user_name = std::move(request.user_name),
                                                      .email = std::move(request.email)},
                                                     noted<access::User>(call, "user_changed"))));
}

}  // namespace

void add_people_routes(RouteTable& table) {
    table.add<Nothing, PersonList>(
        {http::Method::get, "/api/people", "listPeople", "Alla som har ett konto.", Right::administer},
        [](Call& call, Nothing) -> Result<PersonList> {
            PersonList list;
            for (const auto& user : TRY(call.services.people.users()))
                list.people.push_back(view(user));
            return list;
        });
    table.add<NewPerson, PersonLink>({http::Method::post, "/api/people", "createPerson",
                                      "Skapa ett konto och en engångslänk till det.", Right::administer},
                                     create, 201);
    table.add<PersonChange, Person>(
        {http::Method::put, "/api/people/{person}", "changePerson",
         "Ändra namn, roll eller grupper, eller stäng av kontot.", Right::administer},
        change_person);
    table.add<Nothing, PersonLink>(
        {http::Method::post, "/api/people/{person}/link", "makeSignInLink",
         "En ny engångslänk. Den gäller i 24 timmar; tidigare länkar slutar gälla.", Right::administer},
        [](Call& call, Nothing) -> Result<PersonLink> {
            const auto user = TRY(call.services.people.user(person_of(call)));
            return with_link(call, user);
        });
    table.add<Nothing, Nothing>(
        {http::Method::post, "/api/people/{person}/reset", "resetSignIn",
         "Ta bort lösenord, kod i telefonen, inloggningar och länkar.", Right::administer},
        [](Call& call, Nothing) -> Result<Nothing> {
            TRY(call.services.credentials.reset(person_of(call), noted<access::User>(call, "sign_in_reset")));
            return Nothing{};
        },
        204);
}

}  // namespace kansli::api
