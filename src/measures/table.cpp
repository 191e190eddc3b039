#include "measures/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "json/binder.hpp"

namespace kansli::measures {

namespace {

constexpr std::array<std::string_view, 9> question_words{
    "Tid",     "Miljöpåverkan",  "Välmående",   "Kostnad",   "Fel",
    "Nöjdhet", "Genomströmning", "Integration", "Hållbarhet"};

constexpr std::array<std::string_view, 18> unit_words{"minuter",
                                                      "timmar",
                                                      "dagar",
                                                      "Wh",
                                                      "kWh per dygn",
                                                      "g CO2e",
                                                      "index 0-100",
                                                      "andel",
                                                      "kr",
                                                      "månader",
                                                      "per 100 ärenden",
                                                      "betyg 1-5",
                                                      "per arbetsdag",
                                                      "ärenden",
                                                      "kvot",
                                                      "procentenheter per månad",
                                                      "timmar per 1000 ärenden",
                                                      "timmar per månad"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 41> figure_words{{
    {"handling_median", "Handläggningstid, median"},
    {"handling_mean", "Handläggningstid, medelvärde"},
    {"handling_p90", "Handläggningstid, nio av tio ärenden"},
    {"waiting_median", "Väntetid, median"},
    {"lead_median", "Ledtid, median"},
    {"machine_energy", "El till servern"},
    {"person_energy", "El till arbetsplatsen"},
    {"climate", "Klimatpåverkan"},
    {"idle_energy", "El till servern i vila"},
    {"wellbeing_index", "Välmående"},
    {"outside_share", "Beslut utanför kl. 7-18"},
    {"direct_cost", "Direkt kostnad"},
    {"indirect_cost", "Indirekt kostnad"},
    {"cost_per_correct", "Kostnad per rätt ärende"},
    {"payback", "Återbetalningstid"},
    {"error_share", "Fel som upptäckts efteråt"},
    {"weighted_errors", "Fel vägda efter allvar"},
    {"accepted_share", "Godkända som de var"},
    {"edited_share", "Godkända efter ändring"},
    {"rejected_share", "Avslagna"},
    {"edit_distance", "Ändrad del av texten"},
    {"reopened_share", "Ångrade"},
    {"second_look_share", "Andra blicken håller med"},
    {"satisfaction_asker", "Nöjdhet, den som frågade"},
    {"satisfaction_decider", "Nöjdhet, den som avgjorde"},
    {"satisfied_asker_share", "Nöjda (4-5), den som frågade"},
    {"satisfied_decider_share", "Nöjda (4-5), den som avgjorde"},
    {"response_share", "Svarsandel, den som avgjorde"},
    {"decided_a_day", "Avgjorda ärenden"},
    {"backlog", "Väntar"},
    {"little", "Kontroll enligt Littles lag"},
    {"automatic_share", "Levererade av programmet"},
    {"failed_share", "Misslyckade leveranser"},
    {"by_mail_share", "Levererade med e-post"},
    {"by_file_share", "Levererade som fil"},
    {"by_hand_share", "Levererade för hand"},
    {"drift", "Förändring av andelen ändrade och avslagna"},
    {"knowledge_age", "Källornas ålder, median"},
    {"own_engine_share", "Gjorda av programmets egna delar"},
    {"maintenance", "Skötsel"},
    {"training", "Utbildning"},
}};

std::string cells(const std::vector<std::string>& row) {
    std::string line;
    for (const auto& cell : row)
        line += (line.empty() ? "" : ";") + cell;
    return line + "\r\n";
}

struct Part {
    std::string_view name{};
    std::optional<Shown> Figure::* shown = nullptr;
};
constexpr std::array<Part, 6> parts{{{"Med AI", &Figure::all},
                                     {"Försök: med AI", &Figure::with_ai},
                                     {"Försök: utan AI", &Figure::without_ai},
                                     {"Försök: skillnad", &Figure::difference},
                                     {"Mätning före", &Figure::baseline},
                                     {"Skillnad mot före", &Figure::since_baseline}}};

std::vector<std::string> row_of(Question question, const Figure& figure, std::string_view group,
                                const std::string& from, const std::string& to, const Shown& shown) {
    const auto number = [](const std::optional<double>& value) {
        return value ? swedish_number(*value) : std::string();
    };
    return {csv_text(swedish(question)),
            csv_text(swedish_figure(figure.name)),
            csv_text(group),
            csv_text(from),
            csv_text(to),
            swedish_number(shown.value),
            number(shown.low),
            number(shown.high),
            std::to_string(shown.n),
            csv_text(swedish(figure.unit)),
            figure.estimated ? "uppskattat" : "mätt"};
}

std::string date_text(const std::optional<Date>& day) {
    return day ? to_string(*day) : std::string();
}

}  // namespace

std::string_view swedish(Question question) {
    return question_words.at(static_cast<std::size_t>(question));
}

std::string_view swedish(Unit unit) {
    return unit_words.at(static_cast<std::size_t>(unit));
}

std::string_view swedish_figure(std::string_view name) {
    const auto found =
        std::ranges::find(figure_words, name, &std::pair<std::string_view, std::string_view>::first);
    return found == figure_words.end() ? name : found->second;
}

std::string swedish_number(double value) {
    constexpr double large = 100'000;
    auto text = std::abs(value) < large ? fmt::format("{:.6g}", value) : fmt::format("{:.0f}", value);
    std::ranges::replace(text, '.', ',');
    return text;
}

std::string csv_text(std::string_view text) {
    constexpr std::string_view computed = "=+-@\t\r";
    std::string cell;
    if (!text.empty() && computed.find(text.front()) != std::string_view::npos) cell = "'";
    cell += text;
    if (cell.find_first_of(";\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string as_csv(const Assessment& assessment) {
    std::string csv =
        "\xEF\xBB\xBF" + cells({"Fråga", "Mått", "Grupp", "Från", "Till", "Värde", "Undre gräns (95 %)",
                                "Övre gräns (95 %)", "Antal", "Enhet", "Källa"});
    const auto from = date_text(assessment.from);
    const auto to = date_text(assessment.to);
    for (const auto& answered : assessment.questions) {
        for (const auto& figure : answered.figures) {
            for (const auto& part : parts)
                if (const auto& shown = figure.*part.shown)
                    csv += cells(row_of(answered.question, figure, part.name, from, to, *shown));
            for (const auto& point : figure.series)
                csv += cells(row_of(answered.question, figure,
                                    point.with_ai ? "Veckor med AI" : "Veckor utan AI", to_string(point.from),
                                    to_string(point.to), point.shown));
        }
    }
    return csv;
}

std::string as_text(const Assessment& assessment) {
    std::string text =
        assessment.from
            ? fmt::format("Veckorna {} till {}.\n", date_text(assessment.from), date_text(assessment.to))
            : std::string("För få ärenden än: minst fem ärenden av minst fem personer behövs.\n");
    for (const auto& answered : assessment.questions) {
        text += fmt::format("\n{}\n", swedish(answered.question));
        for (const auto& figure : answered.figures) {
            for (const auto& part : parts) {
                const auto& shown = figure.*part.shown;
                if (!shown) continue;
                const auto interval = shown->low ? fmt::format(" ({} till {})", swedish_number(*shown->low),
                                                               swedish_number(*shown->high))
                                                 : std::string();
                text += fmt::format("  {}, {}: {}{} {}, n = {}{}\n", swedish_figure(figure.name), part.name,
                                    swedish_number(shown->value), interval, swedish(figure.unit), shown->n,
                                    figure.estimated ? ", uppskattat" : "");
            }
        }
    }
    return text;
}

}  // namespace kansli::measures
