#include "retention_output.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "json/describe.hpp"

namespace kansli::app {

namespace {

using archive::Outcome;

std::string_view stock_name(archive::Stock stock) {
    switch (stock) {
        case archive::Stock::record:
            return "anteckning";
        case archive::Stock::document:
            return "dokumentversion";
        case archive::Stock::job:
            return "jobb";
        case archive::Stock::survey:
            return "enkätsvar";
    }
    return "";
}

std::string_view event_name(archive::RetentionEvent event) {
    switch (event) {
        case archive::RetentionEvent::created:
            return "det tillkom";
        case archive::RetentionEvent::decided:
            return "beslutet";
        case archive::RetentionEvent::withdrawn:
            return "det togs ur bruk";
        case archive::RetentionEvent::replaced:
            return "det ersattes";
    }
    return "";
}

std::string term_of(const archive::RetentionRule& rule) {
    if (!rule.months) return "bevaras";
    return fmt::format("gallras {} månader efter att {}", *rule.months, event_name(rule.event));
}

std::string_view why_kept(std::string_view outcome) {
    switch (json::enum_value<Outcome>(outcome).value_or(Outcome::no_rule)) {
        case Outcome::no_rule:
            return "ingen regel gäller, alltså bevaras det";
        case Outcome::kept_for_ever:
            return "ska bevaras enligt en regel";
        case Outcome::not_happened:
            return "det som tiden räknas från har inte hänt";
        case Outcome::not_yet:
            return "tiden är inte ute";
        case Outcome::log_floor:
            return "loggar sparas minst sex månader (AI-förordningen artikel 26.6)";
        case Outcome::held:
            return "hålls kvar av ett gallringsstopp";
        case Outcome::bound:
            return "kan aldrig gallras: gallringslogg, eller skrivet av en äldre version av Kansli";
        case Outcome::restricted:
            return "behandlingen är begränsad (dataskyddsförordningen artikel 18): det lagras, inget annat";
        case Outcome::goes:
            return "";
    }
    return "";
}

}  // namespace

void print_rules(const std::vector<archive::RetentionRule>& rules, Date today) {
    if (rules.empty()) fmt::print("Inga regler: allt bevaras.\n");
    for (const auto& rule : rules) {
        fmt::print("{}  {}: {}{} {}{}\n", rule.id.str(), rule.name, stock_name(rule.stock),
                   rule.kind.empty() ? "" : " av slaget " + rule.kind, term_of(rule),
                   archive::is_in_force(rule, today) ? "" : " (gäller inte i dag)");
        fmt::print("    {}, beslut {} av {} den {}\n", rule.legal_ground, rule.decision, rule.decided_by,
                   to_string(rule.decided));
    }
}

void print_suggestions(const std::vector<archive::SuggestedTerm>& suggestions) {
    for (const auto& suggestion : suggestions) {
        fmt::print("Föreslagen tid enligt slaget {} ({}): {} månader. Bevaras tills någon har beslutat.\n",
                   suggestion.swedish, suggestion.kind, suggestion.months);
    }
}

void print_holds(const std::vector<archive::LegalHold>& holds) {
    for (const auto& hold : holds) {
        fmt::print("{}  Gallringsstopp: {}{}\n", hold.id.str(), hold.reason,
                   hold.lifted ? " (hävt " + to_string(*hold.lifted) + ")" : "");
    }
}

void print_plan(const archive::Plan& plan, std::string_view command) {
    fmt::print("Provkörning {}. Ingenting är gallrat.\n\n", to_string(plan.day));
    for (const auto& rule : plan.rules) {
        fmt::print("{} ({}, {}), beslut {}:\n", rule.name, term_of(rule), rule.legal_ground, rule.decision);
        for (const auto& removal : plan.removals) {
            if (removal.rule != rule.id) continue;
            fmt::print("  {} {} {} från {}{}\n", stock_name(removal.stock), removal.id, removal.kind,
                       to_string(day_in_sweden(removal.created)),
                       removal.title.empty() ? "" : ": " + removal.title);
        }
    }
    if (plan.removals.empty()) fmt::print("Inget skulle gallras.\n");
    if (!plan.kept.empty()) fmt::print("\nKvar blir:\n");
    for (const auto& [outcome, count] : plan.kept)
        fmt::print("  {:>6}  {}\n", count, why_kept(outcome));
    for (const auto& held : plan.held)
        fmt::print("  {} {} hålls kvar av {}\n", stock_name(held.stock), held.id, held.hold.str());
    if (plan.removals.empty()) return;
    fmt::print("\nGallra just detta med:\n  {} --plan {}\n", command, plan.hash);
}

}  // namespace kansli::app
