#include "access/detail/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.hpp"
#include "core/visible_text.hpp"

namespace kansli::access::detail {

namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_user_name = 64;
constexpr std::size_t longest_email = 254;  // RFC 5321, section 4.5.3.1

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool may_stand_in_user_name(char c) {
    return is_letter_or_digit(c) || std::string_view("._-+@").find(c) != std::string_view::npos;
}

// The letters of Swedish names that have another shape in a user name.
constexpr auto folded = std::to_array<std::pair<std::string_view, char>>({{"å", 'a'},
                                                                          {"ä", 'a'},
                                                                          {"ö", 'o'},
                                                                          {"Å", 'a'},
                                                                          {"Ä", 'a'},
                                                                          {"Ö", 'o'},
                                                                          {"é", 'e'},
                                                                          {"É", 'e'},
                                                                          {"ü", 'u'},
                                                                          {"Ü", 'u'}});

// The folded letter that `text` begins with, and how many bytes it takes; nothing for other letters.
std::pair<char, std::size_t> folded_at(std::string_view text) {
    for (const auto& [letter, plain] : folded) {
        if (text.starts_with(letter)) return {plain, letter.size()};
    }
    return {'\0', 1};
}

}  // namespace

Result<std::string> clean_name(std::string_view name, std::string_view field) {
    const auto begin = name.find_first_not_of(' ');
    const auto end = name.find_last_not_of(' ');
    const auto trimmed =
        begin == std::string_view::npos ? std::string_view() : name.substr(begin, end - begin + 1);
    if (is_blank(trimmed)) return fail(ErrorCode::invalid_input, "Namnet är tomt.", std::string(field));
    if (trimmed.size() > longest_name)
        return fail(ErrorCode::invalid_input, "Namnet är för långt.", std::string(field));
    if (turns_direction(trimmed)) {
        return fail(
            ErrorCode::invalid_input,
            "Namnet innehåller tecken som vänder textens riktning, så att det kan visas som ett annat.",
            std::string(field), "Skriv namnet för hand i stället för att klistra in det.");
    }
    if (std::any_of(trimmed.begin(), trimmed.end(), is_control)) {
        return fail(ErrorCode::invalid_input, "Namnet innehåller tecken som inte går att visa.",
                    std::string(field));
    }
    return std::string(trimmed);
}

Result<std::vector<std::string>> clean_names(const std::vector<std::string>& names, std::string_view field) {
    if (names.size() > 1000)
        return fail(ErrorCode::invalid_input, "Namnen är för många.", std::string(field));
    std::vector<std::string> cleaned;
    for (const auto& name : names)
        cleaned.push_back(TRY(clean_name(name, field)));
    std::sort(cleaned.begin(), cleaned.end());
    cleaned.erase(std::unique(cleaned.begin(), cleaned.end()), cleaned.end());
    return cleaned;
}

Result<std::string> clean_principal(std::string_view name, std::string_view field) {
    auto cleaned = TRY(clean_name(name, field));
    if (cleaned.find(':') == std::string::npos) return cleaned;
    return fail(ErrorCode::invalid_input, "Namnet får inte innehålla kolon.", std::string(field));
}

Result<std::vector<Role>> clean_roles(std::vector<Role> roles) {
    if (roles.empty()) return fail(ErrorCode::invalid_input, "Minst en roll behövs.", "roles");
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return roles;
}

Result<std::string> clean_department(std::string_view department) {
    if (department.find_first_not_of(' ') == std::string_view::npos) return std::string();
    return clean_name(department, "department");
}

Result<std::string> clean_user_name(std::string_view name) {
    auto lower = to_lower_ascii(name);
    const bool fits = !lower.empty() && lower.size() <= longest_user_name &&
                      is_letter_or_digit(lower.front()) &&
                      std::all_of(lower.begin(), lower.end(), may_stand_in_user_name);
    if (fits) return lower;
    return fail(ErrorCode::invalid_input, "Användarnamnet går inte att använda.", "user_name",
                "Använd 1–64 av a–z, siffror och . _ - + @, med en bokstav eller siffra först.");
}

Result<std::string> clean_email(std::string_view address) {
    const auto at = address.find('@');
    const bool fits = at != 0 && at != std::string_view::npos && at + 1 < address.size() &&
                      address.find('@', at + 1) == std::string_view::npos &&
                      address.size() <= longest_email && address.find(' ') == std::string_view::npos &&
                      std::none_of(address.begin(), address.end(), is_control);
    if (address.empty() || fits) return std::string(address);
    return fail(ErrorCode::invalid_input, "E-postadressen är inte en adress.", "email",
                "Skriv den som namn@kommunen.se.");
}

std::string user_name_from(std::string_view display_name) {
    std::string name;
    for (std::size_t at = 0; at < display_name.size() && name.size() < longest_user_name - 8;) {
        const auto [letter, size] = folded_at(display_name.substr(at));
        const char plain = letter != '\0' ? letter : to_lower_ascii(display_name[at]);
        const bool separates = plain == ' ' || plain == '.' || plain == '-' || plain == '_';
        if (is_letter_or_digit(plain)) name += plain;
        if (separates && !name.empty() && name.back() != '.') name += '.';
        at += size;
    }
    while (!name.empty() && name.back() == '.')
        name.pop_back();
    return name.empty() ? "person" : name;
}

}  // namespace kansli::access::detail
