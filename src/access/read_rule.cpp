#include "access/read_rule.hpp"

#include <algorithm>
#include <utility>

namespace kansli::access {

namespace {

void order(std::vector<std::string>& names) {
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
}

}  // namespace

ReadRule::ReadRule(std::vector<AccessList> lists, bool walled) : walled_(walled) {
    for (AccessList& list : lists)
        insert(std::move(list));
}

void ReadRule::insert(AccessList list) {
    order(list);
    const auto place = std::ranges::lower_bound(lists_, list);
    if (place == lists_.end() || *place != list) lists_.insert(place, std::move(list));
}

void ReadRule::limit_to(AccessList list) {
    if (!list.empty()) insert(std::move(list));
}

void ReadRule::wall_in(AccessList list) {
    walled_ = true;
    insert(std::move(list));
}

void ReadRule::add(const ReadRule& other) {
    walled_ = walled_ || other.walled_;
    restricted_ = restricted_ || other.restricted_;
    for (const AccessList& list : other.lists_)
        insert(list);
}

Viewer::Viewer(const Caller& caller) : principals_(principals_of(caller)) {
    order(principals_);
    if (is_keeper(caller)) {
        standing_ = Standing::keeper;
    } else if (has_role(caller, Role::administrator) && may(caller, Right::administer)) {
        standing_ = Standing::administrator;
    }
}

bool Viewer::may_read(const ReadRule& rule) const {
    if (rule.is_restricted()) return false;
    if (passes_walls() || (passes_lists() && !rule.is_walled())) return true;
    return std::ranges::all_of(rule.lists(), [this](const AccessList& list) {
        return std::ranges::any_of(
            list, [this](const std::string& name) { return std::ranges::binary_search(principals_, name); });
    });
}

bool may_read(const Caller& caller, const ReadRule& rule) {
    // Most things are open, and then the principals need not be gathered.
    return rule.is_open() || Viewer(caller).may_read(rule);
}

std::string department_principal(std::string_view department) {
    return "department:" + std::string(department);
}

}  // namespace kansli::access
