#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kansli::text {

// What makes a person known in Swedish text. Secrecy, masking and release ask for the kinds; the words of a case officer are in
// docs/glossary.md.
enum class PersonalData : std::uint8_t {
    name,                 // "Rut Läsare", "Anderssons", "K-G Lindh"
    identity_number,      // personnummer: valid date and check digit, in every written form
    coordination_number,  // samordningsnummer: the day plus 60
    phone,                // not service numbers (020, 0771), not extensions
    email,
    address,          // street and number with flat, postal code and town; box; postal code and town
    property,         // fastighetsbeteckning: "Ekorren 12", "Berga 1:14"
    licence_plate,    // "ABC 123", "ABC 12D"
    bank_account,     // clearing and account, bankgiro, plusgiro, IBAN, Swish number of an organisation
    case_number,      // "KS 2026/00123", "mål nr 1234-26", police reports
    network_address,  // IPv4 and IPv6
};
inline constexpr std::size_t personal_data_kinds = 11;

// A place in a text that tells who somebody is.
struct PersonalDataSpan {
    std::size_t start = 0;  // bytes; on the boundaries of characters
    std::size_t end = 0;
    PersonalData kind = PersonalData::name;
    std::string
        canonical{};  // the same for all written forms of one thing: "8503122387", "Rut Läsare" for "Rut Läsares"
};

// All personal data of a text, in order, without overlaps. Rules over numbers with their checksums, over lists of names (data/names)
// and over the words around; no model, so the same text always gives the same spans and a wrong one is put right by adding a word.
// Never fails: bytes that are not UTF-8 are no letters. Linear in the text. Texts are under 2 GiB.
// Threads: any.
[[nodiscard]] std::vector<PersonalDataSpan> personal_data(std::string_view text);

// What a clerk calls the kind: "personnummer", "namn".
[[nodiscard]] std::string_view swedish_name(PersonalData kind);

// The text with "[personnummer]" or "[namn 2]" instead of the spans. Things of one kind are numbered in the order in which they come when the
// text has more than one of them, and one thing keeps its number; a part of a name ("Rut", "Läsares") has the number of the one whole name
// that it is a part of. Requires: spans as personal_data gave them for this text.
[[nodiscard]] std::string mask(std::string_view text, const std::vector<PersonalDataSpan>& spans);

}  // namespace kansli::text
