#include "documents/detail/wire.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/time.hpp"

using namespace kansli;
using namespace kansli::documents;

namespace {

FileReader::Outcome sample() {
    FileReader::Outcome outcome;
    auto& document = outcome.document;
    document.format = "pdf";
    document.attributes = {.title = "Taxa för bygglov",
                           .kind = DocumentKind::fee_schedule,
                           .owner = "Bygg- och miljönämnden",
                           .reference = "BMN 2026:3",
                           .access = {"bygg", "miljö"},
                           .valid_from = parse_date("2026-01-01").value(),
                           .replaced_by = DocumentId("taxa-2027")};
    document.stated = {.id = "taxa", .wording_from = parse_date("1899-12-31").value(), .superseded = true};
    document.text = "Taxa\n\nAvgiften är 100 kronor.";
    document.sections = {{.ordinal = 0, .parent = -1, .path = "", .start = 0, .body = 0, .end = 4},
                         {.ordinal = 1,
                          .parent = 0,
                          .level = 1,
                          .path = "1 Avgift",
                          .trail = {"Avgift"},
                          .start = 6,
                          .body = 6,
                          .end = 30}};
    document.places = {{.start = 0, .end = 4, .page = 1, .box = {72.5, 100.25, 200, 112}}};
    document.warnings = {"Sida 1 är skannad."};
    document.pages = 1;
    document.page_width = 595.28;
    outcome.files = {{.name = "bilaga.txt", .path = "/tmp/x"}};
    return outcome;
}

}  // namespace

TEST_CASE("a document comes through the pipe as it was") {
    const auto sent = sample();
    const auto received = detail::unpack(detail::pack(sent)).value();
    CHECK(received.document.attributes == sent.document.attributes);
    CHECK(received.document.stated == sent.document.stated);
    CHECK(received.document.text == sent.document.text);
    CHECK(received.document.sections == sent.document.sections);
    CHECK(received.document.places == sent.document.places);
    CHECK(received.document.warnings == sent.document.warnings);
    CHECK(received.document.page_width == sent.document.page_width);
    CHECK(received.files.at(0).name == "bilaga.txt");
}

TEST_CASE("an error comes through the pipe as it was") {
    const Error sent{ErrorCode::corrupt, "Filen är avbruten.", "a.docx", "Ladda upp den igen."};
    CHECK(detail::unpack(detail::pack(sent)).error() == sent);
}

TEST_CASE("bytes that were changed on the way are refused or harmless, never a crash") {
    const std::string good = detail::pack(sample());
    CHECK(rc::check([&] {
        std::string bytes = good;
        const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
        bytes[place] = *rc::gen::arbitrary<char>();
        bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
        const auto received = detail::unpack(bytes);
        if (received) {
            for (const auto& section : received->document.sections)
                RC_ASSERT(section.end <= received->document.text.size());
        }
    }));
    CHECK(detail::unpack("").error().code == ErrorCode::corrupt);
    CHECK(detail::unpack(good + "x").error().code == ErrorCode::corrupt);
}
