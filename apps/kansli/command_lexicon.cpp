#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "core/file.hpp"
#include "text/known_questions.hpp"
#include "text/lexicon.hpp"

// Looks at files of words and questions before they become part of the program or of a municipality's own glossary.
namespace kansli::app {

namespace {

struct Checked {
    std::size_t right = 0;
    std::vector<text::LexiconFault> faults{};
};

// Questions lie in a folder "questions", as in data/lexicon.
Checked checked(const std::filesystem::path& path, const std::string& text) {
    if (std::filesystem::absolute(path).parent_path().filename() == "questions") {
        auto file = text::parse_known_questions(text);
        return {file.questions.size(), std::move(file.faults)};
    }
    auto file = text::parse_lexicon(text);
    return {file.entries.size(), std::move(file.faults)};
}

Result<void> check(const std::vector<std::string>& files) {
    std::size_t right = 0;
    std::size_t faults = 0;
    for (const auto& name : files) {
        const auto found = checked(name, TRY(read_file(name)));
        for (const auto& fault : found.faults)
            fmt::print("{}:{}: {}\n", name, fault.line, fault.text);
        right += found.right;
        faults += found.faults.size();
    }
    fmt::print("{} rader är rätt, {} fel\n", right, faults);
    if (faults > 0) return fail(ErrorCode::invalid_input, "Ordlistan har fel.", {}, "Rätta raderna ovan.");
    return {};
}

}  // namespace

void add_lexicon(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("lexicon", "Ordlistan: vad folk säger och vad lagen säger");
    command->require_subcommand(1);
    auto* checking = command->add_subcommand(
        "check", "Granska filer med ord, eller med frågor i en mapp som heter questions");
    auto files = std::make_shared<std::vector<std::string>>();
    checking->add_option("FIL", *files, "Filer")->required();
    checking->callback([files, &runner] { runner.run([&] { return check(*files); }); });
}

}  // namespace kansli::app
