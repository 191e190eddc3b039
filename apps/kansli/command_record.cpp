#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "core/file.hpp"
#include "house.hpp"
#include "record_output.hpp"

namespace kansli::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t checkpoint_file_limit = std::size_t{1} << 30U;
constexpr std::size_t proof_limit = std::size_t{64} << 20U;
constexpr std::size_t key_limit = std::size_t{1} << 16U;

struct VerifyArguments {
    std::string data{};
    std::string checkpoints{};
    std::vector<std::string> keys{};
};

struct ProveArguments {
    std::string data{};
    std::int64_t number = 0;
    bool with_content = false;
    std::string out{};
};

struct CheckArguments {
    std::string file{};
    std::string key{};
};

Result<PublicKey> read_key(const std::string& file) {
    auto key = PublicKey::from_pem(TRY(read_file(file, key_limit)));
    if (!key) return fail(key.error().code, key.error().message, file);
    return *std::move(key);
}

// The database that is meant by a data folder or by a file, which may be a copy alone. Nothing but the record is opened, so
// that a copy of another version is read as it is.
Result<fs::path> database_of(const std::string& data) {
    std::error_code status;
    fs::path given(data);
    auto inside = given / "kansli.db";
    if (fs::is_regular_file(inside, status)) return inside;
    if (fs::is_regular_file(given, status)) return given;
    return fail(ErrorCode::not_found, "Här finns varken en datamapp för Kansli eller en kopia av kansli.db.",
                data, fmt::format("Skapa en datamapp med: kansli init {}", data));
}

// What was kept elsewhere counts; without it, what lies beside the database.
Result<std::optional<std::string>> checkpoint_text(const VerifyArguments& arguments,
                                                   const fs::path& database) {
    if (!arguments.checkpoints.empty()) return TRY(read_file(arguments.checkpoints, checkpoint_file_limit));
    auto beside = read_file(database.parent_path() / "checkpoints.jsonl", checkpoint_file_limit);
    if (beside) return std::optional(*std::move(beside));
    if (beside.error().code == ErrorCode::not_found) return std::optional<std::string>();
    return Failure(beside.error());
}

Result<void> verify(const VerifyArguments& arguments) {
    const auto file = TRY(database_of(arguments.data));
    record::VerifyOptions options;
    for (const auto& key : arguments.keys)
        options.keys.push_back(TRY(read_key(key)));
    options.checkpoint_file = TRY(checkpoint_text(arguments, file));
    options.progress = progress_on_stderr("Kontrollerar protokollet");
    const auto database = TRY(store::Database::open(file));
    const auto result = TRY(record::verify(*database, options));
    if (result.first_broken) {
        return fail(
            ErrorCode::corrupt,
            fmt::format("Kedjan är bruten vid anteckning {}: {}", *result.first_broken, result.reason),
            arguments.data, "Jämför med en säkerhetskopia.");
    }
    print_verification(result, !options.keys.empty());
    return {};
}

Result<void> make_checkpoint(const std::string& data) {
    const auto house = TRY(House::open(data));
    const auto made = TRY(house->checkpoints.make(now()));
    if (made) {
        fmt::print("Kontrollpunkten för anteckningarna {}–{} är underskriven och står i {}.\n", made->first,
                   made->number, house->checkpoints.file().string());
    } else {
        fmt::print("Inget nytt har tillkommit sedan den senaste kontrollpunkten.\n");
    }
    return {};
}

Result<void> print_key(const std::string& data) {
    const auto house = TRY(House::open(data));
    const auto key = TRY(house->checkpoints.public_key());
    fmt::print("{}", key.pem());
    return {};
}

Result<void> prove(const ProveArguments& arguments) {
    const auto house = TRY(House::open(arguments.data));
    const auto proof = TRY(house->checkpoints.prove(arguments.number, arguments.with_content, now()));
    TRY(write_file(arguments.out, record::write_proof(proof)));
    fmt::print("Beviset för anteckning {} står i {}. Kontrollera det med: kansli record check-proof {}\n",
               arguments.number, arguments.out, arguments.out);
    return {};
}

Result<void> check_proof(const CheckArguments& arguments) {
    std::optional<PublicKey> key;
    if (!arguments.key.empty()) key = TRY(read_key(arguments.key));
    auto proof = record::check_proof(TRY(read_file(arguments.file, proof_limit)), key);
    if (!proof) {
        auto error = std::move(proof).error();
        error.where = error.where.empty() ? arguments.file : arguments.file + " " + error.where;
        return Failure(std::move(error));
    }
    print_proof(*proof, key.has_value());
    return {};
}

void add_verify(CLI::App& record, Runner& runner) {
    auto* command = record.add_subcommand(
        "verify", "Räkna om hela kedjan, kontrollera underskrifterna och säg var det första felet är");
    auto arguments = std::make_shared<VerifyArguments>();
    command->add_option("--data", arguments->data, "Datamappen, eller en kopia av kansli.db")
        ->required()
        ->type_name("DIR");
    command
        ->add_option("--checkpoints", arguments->checkpoints, "Kontrollpunkter som har sparats på annat håll")
        ->type_name("FIL");
    command
        ->add_option("--public-key", arguments->keys,
                     "Nyckel som kontrollpunkterna ska vara underskrivna med")
        ->type_name("FIL");
    command->callback([arguments, &runner] { runner.run([&] { return verify(*arguments); }); });
}

void add_prove(CLI::App& record, Runner& runner) {
    auto* command = record.add_subcommand("prove", "Gör en fil som bevisar en anteckning för utomstående");
    auto arguments = std::make_shared<ProveArguments>();
    add_data_option(*command, arguments->data);
    command->add_option("--number", arguments->number, "Anteckningens nummer")->required();
    command->add_flag("--with-content", arguments->with_content, "Ta med vad anteckningen säger");
    command->add_option("--out", arguments->out, "Filen som beviset skrivs till")
        ->required()
        ->type_name("FIL");
    command->callback([arguments, &runner] { runner.run([&] { return prove(*arguments); }); });
}

void add_check_proof(CLI::App& record, Runner& runner) {
    auto* command = record.add_subcommand("check-proof", "Kontrollera ett bevis; kräver ingen datamapp");
    auto arguments = std::make_shared<CheckArguments>();
    command->add_option("FILE", arguments->file, "Beviset")->required();
    command->add_option("--public-key", arguments->key, "Kommunens publika nyckel")->type_name("FIL");
    command->callback([arguments, &runner] { runner.run([&] { return check_proof(*arguments); }); });
}

// A command that takes nothing but the data folder.
void add_simple(CLI::App& record, Runner& runner, const char* name, const char* about,
                Result<void> (*work)(const std::string&)) {
    auto* command = record.add_subcommand(name, about);
    auto data = std::make_shared<std::string>();
    add_data_option(*command, *data);
    command->callback([data, work, &runner] { runner.run([&] { return work(*data); }); });
}

}  // namespace

void add_record(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("record", "Protokollet");
    command->require_subcommand(1);
    add_verify(*command, runner);
    add_simple(*command, runner, "checkpoint", "Skriv under det som har tillkommit sedan sist",
               make_checkpoint);
    add_simple(*command, runner, "key", "Visa den publika nyckel som underskrifter kontrolleras med",
               print_key);
    add_prove(*command, runner);
    add_check_proof(*command, runner);
}

}  // namespace kansli::app
