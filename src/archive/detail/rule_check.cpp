#include "archive/detail/rule_check.hpp"

#include <string>

#include "core/visible_text.hpp"
#include "documents/document.hpp"

namespace kansli::archive::detail {

namespace {

constexpr int most_months = 1200;

Failure wrong(const char* message, const char* field) {
    return fail(ErrorCode::invalid_input, message, field);
}

Result<void> check_conditions(const RetentionRule& rule) {
    if (rule.stock == Stock::document) {
        if (rule.event == RetentionEvent::decided)
            return wrong("För dokument räknas tiden från created, withdrawn eller replaced.", "event");
        if (!rule.kind.empty() && !documents::parse_document_kind(rule.kind))
            return wrong("Dokumentslaget finns inte.", "kind");
        return {};
    }
    if (rule.information_class) return wrong("Bara dokument har informationsklass.", "information_class");
    if (!rule.owner.empty()) return wrong("Bara dokument har ägare.", "owner");
    const bool possible = rule.event == RetentionEvent::created ||
                          (rule.stock == Stock::record && rule.event == RetentionEvent::decided);
    if (!possible) return wrong("Händelsen finns bara för dokument.", "event");
    return {};
}

}  // namespace

Result<void> check(const RetentionRule& rule) {
    if (is_blank(rule.name)) return wrong("Handlingstypen ska ha ett namn.", "name");
    if (is_blank(rule.decision)) return wrong("Gallringsbeslutets diarienummer saknas.", "decision");
    if (is_blank(rule.decided_by)) return wrong("Det saknas vem som har fattat beslutet.", "decided_by");
    if (is_blank(rule.legal_ground)) return wrong("Den rättsliga grunden saknas.", "legal_ground");
    if (!rule.decided.ok() || !rule.valid_from.ok()) return wrong("Dagen finns inte.", "valid_from");
    if (rule.valid_from < rule.decided) return wrong("Regeln kan inte gälla före beslutet.", "valid_from");
    if (rule.valid_to && *rule.valid_to < rule.valid_from)
        return wrong("Sista dagen ligger före den första.", "valid_to");
    if (rule.months && (*rule.months < 0 || *rule.months > most_months))
        return wrong("Antalet månader ska vara mellan 0 och 1 200.", "months");
    return check_conditions(rule);
}

Result<void> check(const LegalHold& hold) {
    if (is_blank(hold.reason)) return wrong("Skriv varför gallringen stoppas.", "reason");
    const bool names_something = !is_blank(hold.person) || !is_blank(hold.case_number) ||
                                 !is_blank(hold.document) || hold.entry.has_value() ||
                                 hold.from.has_value() || hold.to.has_value();
    if (!names_something)
        return wrong("Ange person, diarienummer, dokument, anteckning eller tid som stoppet gäller.",
                     "person");
    if (hold.from && hold.to && *hold.to < *hold.from)
        return wrong("Sista dagen ligger före den första.", "to");
    return {};
}

}  // namespace kansli::archive::detail
