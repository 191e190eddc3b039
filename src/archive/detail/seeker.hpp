#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/mention.hpp"
#include "archive/subject_search.hpp"

namespace kansli::archive::detail {

// All that a person is known by: names and number, and as an employee the ids and user names of their accounts.
class Seeker {
  public:
    // invalid_input when there is nothing to look for, or the number is none.
    [[nodiscard]] static Result<Seeker> create(const Subject& subject);
    void add_account(const SubjectAccount& account);

    // False only when it is certain that the text does not mention the person.
    [[nodiscard]] bool may_be_in(std::string_view text) const;
    // In order.
    [[nodiscard]] std::vector<Mention> in(std::string_view text) const;
    // Whether an account is theirs, by its id or user name.
    [[nodiscard]] bool owns(std::string_view account) const { return accounts_.contains(account); }

  private:
    std::vector<Sought> sought_{};
    std::vector<std::string> principals_{};  // "person:rut.akesson"
    std::set<std::string, std::less<>> accounts_{};
};

}  // namespace kansli::archive::detail
