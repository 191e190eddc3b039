#include <string>
#include <utility>

#include "api/messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

Person view(const access::User& user) {
    return {.id = user.id.str(),
            .name = user.name,
            .roles = user.roles,
            .groups = user.groups,
            .department = user.department,
            .review_kinds = user.review_kinds,
            .disabled = user.disabled,
            .created = user.created,
            .last_signed_in = user.last_signed_in};
}

namespace {

using access::UserId;

// What was done to whom, written in the same transaction as the deed.
access::People::Alongside noted(const Call& call, std::string kind) {
    return [&record = call.services.record, who = call.caller, kind = std::move(kind)](
               store::Connection& connection, const access::User& user) -> Result<void> {
        TRY(record.append(connection, who, kind, user.id.str(), json::write(view(user)), now()));
        return {};
    };
}

Result<PersonLink> with_link(const Call& call, const access::User& user) {
    const auto link = TRY(call.services.people.issue_link(user.id, noted(call, "sign_in_link_made")));
    return PersonLink{view(user), call.services.base_url + "/in/" + link.token, link.expires};
}

Result<PersonLink> create(Call& call, NewPerson request) {
    const auto user = TRY(call.services.people.create_user({.name = std::move(request.name),
                                                            .roles = std::move(request.roles),
                                                            .groups = std::move(request.groups),
                                                            .department = std::move(request.department),
                                                            .review_kinds = std::move(request.review_kinds)},
                                                           noted(call, "user_created")));
    return with_link(call, user);
}

Result<Person> change(Call& call, PersonChange request) {
    return view(TRY(call.services.people.update_user(UserId{call.path_value("person")},
                                                     {.name = std::move(request.name),
                                                      .roles = std::move(request.roles),
                                                      .groups = std::move(request.groups),
                                                      .department = std::move(request.department),
                                                      .review_kinds = std::move(request.review_kinds),
                                                      .disabled = request.disabled},
                                                     noted(call, "user_changed"))));
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
        change);
    table.add<Nothing, PersonLink>(
        {http::Method::post, "/api/people/{person}/link", "makeSignInLink",
         "En ny engångslänk. Den gäller i 24 timmar; tidigare länkar slutar gälla.", Right::administer},
        [](Call& call, Nothing) -> Result<PersonLink> {
            const auto user = TRY(call.services.people.user(UserId{call.path_value("person")}));
            return with_link(call, user);
        });
}

}  // namespace kansli::api
