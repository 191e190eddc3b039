#include "documents/protection.hpp"

#include <doctest/doctest.h>

using namespace kansli;
using namespace kansli::documents;
using access::InformationClass;

namespace {

access::Caller person(std::vector<std::string> groups, std::string department = {},
                      access::Role role = access::Role::reader) {
    access::Caller caller;
    caller.id = access::UserId("u1");
    caller.name = "rut";
    caller.roles = {role};
    caller.groups = std::move(groups);
    caller.department = std::move(department);
    return caller;
}

bool reads(const access::Caller& caller, const Attributes& document, const CollectionSettings& collection) {
    return access::may_read(caller, protection_of(document, collection).rule);
}

}  // namespace

TEST_CASE("a document is read by whom both its collection and its own list let in") {
    const CollectionSettings collection{.name = "skola", .access = {"personal"}};
    Attributes document;
    CHECK(reads(person({"personal"}), document, collection));
    CHECK_FALSE(reads(person({}), document, collection));
    CHECK(protection_of(document, collection).reach == Reach::collection);
    document.access = {"rektorer"};
    CHECK_FALSE(reads(person({"personal"}), document, collection));
    CHECK_FALSE(reads(person({"rektorer"}), document, collection));
    CHECK(reads(person({"personal", "rektorer"}), document, collection));
    CHECK(protection_of(document, collection).reach == Reach::few);
}

TEST_CASE("a secrecy mark walls a document in with its list, else with its owner's department") {
    Attributes document;
    document.secrecy = "OSL 26 kap. 1 §";
    document.owner = "Socialnämnden";
    CHECK(reads(person({}, "Socialnämnden"), document, {}));
    CHECK_FALSE(reads(person({}, "Kansliet", access::Role::administrator), document, {}));
    CHECK(protection_of(document, {}).information_class == InformationClass::confidential);
    document.access = {"utredare"};
    CHECK_FALSE(reads(person({}, "Socialnämnden"), document, {}));
    CHECK(reads(person({"utredare"}), document, {}));
    document.access = {};
    document.owner = {};
    CHECK_FALSE(reads(person({"utredare"}, "Socialnämnden"), document, {}));
    CHECK(reads(access::keeper(), document, {}));
}

TEST_CASE("a collection gives owner, secrecy and class to what names none, and never lowers a class") {
    const CollectionSettings collection{.name = "akter",
                                        .owner = "Socialnämnden",
                                        .information_class = InformationClass::internal,
                                        .secrecy = "OSL 26 kap. 1 §"};
    Attributes document;
    CHECK(protection_of(document, collection).secrecy == "OSL 26 kap. 1 §");
    CHECK(reads(person({}, "Socialnämnden"), document, collection));
    CHECK_FALSE(reads(person({}, "Kansliet"), document, collection));
    document.owner = "Kansliet";
    CHECK(reads(person({}, "Kansliet"), document, collection));
    document.information_class = InformationClass::secret;
    CHECK(protection_of(document, collection).information_class == InformationClass::secret);
}

TEST_CASE("an old version is as strict as its own words and its document's are together") {
    Attributes old;
    old.access = {"a"};
    Attributes current;
    current.access = {"b"};
    current.secrecy = "OSL 21 kap. 1 §";
    const Protection both = stricter(protection_of(old, {}), protection_of(current, {}));
    CHECK(access::may_read(person({"a", "b"}), both.rule));
    CHECK_FALSE(access::may_read(person({"a"}), both.rule));
    CHECK_FALSE(access::may_read(person({"b"}), both.rule));
    CHECK(both.rule.is_walled());
    CHECK(both.secrecy == "OSL 21 kap. 1 §");
}
