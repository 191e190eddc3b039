#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"

namespace kansli::access {

// Who may read a thing: everybody whom each of its lists lets in. A rule without lists is open to every
// signed-in person. Administrators pass every rule but one with a wall: what is secret (OSL) is read only by
// whom its lists name, and by the keeper of the data folder. What is restricted (GDPR art. 18) is read by nobody, the keeper
// included: who looks after it does so by its own way.
// Invariant: lists are sorted and each stands once, so that rules which say the same are equal.
class ReadRule {
  public:
    ReadRule() = default;
    // As it was kept somewhere: what lists() and is_walled() said.
    ReadRule(std::vector<AccessList> lists, bool walled);

    // Only for whom the list names; an empty list is an open one and changes nothing.
    void limit_to(AccessList list);
    // Only for whom the list names, and administrators are let through no more. An empty list names nobody.
    void wall_in(AccessList list);
    // For nobody, whatever the lists say.
    void restrict() { restricted_ = true; }
    // From now on as strict as both.
    void add(const ReadRule& other);

    [[nodiscard]] bool is_open() const { return lists_.empty() && !restricted_; }
    [[nodiscard]] bool is_restricted() const { return restricted_; }
    [[nodiscard]] bool is_walled() const { return walled_; }
    [[nodiscard]] const std::vector<AccessList>& lists() const { return lists_; }

    friend auto operator<=>(const ReadRule&, const ReadRule&) = default;

  private:
    void insert(AccessList list);

    std::vector<AccessList> lists_{};
    bool walled_ = false;
    bool restricted_ = false;
};

// A caller as rules look at them: with their principals at hand, for many rules one after the other.
class Viewer {
  public:
    explicit Viewer(const Caller& caller);

    // The one place that decides who may read.
    [[nodiscard]] bool may_read(const ReadRule& rule) const;
    // Whether rules without a wall hold for them at all.
    [[nodiscard]] bool passes_lists() const { return standing_ != Standing::person; }
    [[nodiscard]] bool passes_walls() const { return standing_ == Standing::keeper; }
    // Sorted, each once.
    [[nodiscard]] const std::vector<std::string>& principals() const { return principals_; }

  private:
    enum class Standing : std::uint8_t { person, administrator, keeper };

    std::vector<std::string> principals_;
    Standing standing_ = Standing::person;
};

[[nodiscard]] bool may_read(const Caller& caller, const ReadRule& rule);

// The principal of a department's people.
[[nodiscard]] std::string department_principal(std::string_view department);

}  // namespace kansli::access
