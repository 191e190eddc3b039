#include "documents/protection.hpp"

#include <algorithm>
#include <utility>

namespace kansli::documents {

Protection protection_of(const Attributes& document, const CollectionSettings& collection) {
    Protection protection;
    protection.secrecy = document.secrecy.empty() ? collection.secrecy : document.secrecy;
    protection.information_class = std::max(document.information_class, collection.information_class);
    protection.rule.limit_to(collection.access);
    if (!collection.access.empty()) protection.reach = Reach::collection;
    if (!document.access.empty()) protection.reach = Reach::few;
    if (protection.secrecy.empty()) {
        protection.rule.limit_to(document.access);
        return protection;
    }
    const std::string& owner = document.owner.empty() ? collection.owner : document.owner;
    access::AccessList within = document.access;
    if (within.empty() && !owner.empty()) within.push_back(access::department_principal(owner));
    protection.rule.wall_in(std::move(within));
    protection.reach = Reach::few;
    protection.information_class =
        std::max(protection.information_class, access::InformationClass::confidential);
    return protection;
}

Protection stricter(Protection version, const Protection& current) {
    version.rule.add(current.rule);
    version.reach = std::max(version.reach, current.reach);
    if (version.secrecy.empty()) version.secrecy = current.secrecy;
    version.information_class = std::max(version.information_class, current.information_class);
    return version;
}

}  // namespace kansli::documents
