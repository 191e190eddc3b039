#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.hpp"
#include "core/result.hpp"
#include "endpoints/label.hpp"

// models.toml of a data folder: where language models can be asked, what each place is approved for, and how carefully texts must be
// handled. docs/guides/sprakmodeller.md tells every key; examples/models.toml beside it can be copied.
namespace kansli::endpoints {

// One place. Its host may be called because it stands here.
struct EndpointSettings {
    std::string name{};          // of its table: "lokal"
    std::string url{};           // without "/chat/completions": "http://127.0.0.1:8080/v1"
    std::string host{};          // of the url
    std::string model{};         // as the server calls it
    std::string key_file{};      // in the data folder's keys/, or a whole path; empty: none
    std::string key_variable{};  // of the environment, instead
    Label approved{};            // the highest it may get
    bool internal = false;       // may have an address inside the organisation
    double kronor_per_1000_tokens = 0;
    double watt_hours_per_1000_tokens = 0;  // an estimate
    int parallel = 4;                       // calls at once
    std::chrono::seconds patience{60};      // for one answer, tries again included
    int most_tokens = 1000;                 // of one answer
};

// What texts need at least, whatever their source says.
struct Rules {
    Label floor{};                              // every text
    std::map<std::string, Label> principals{};  // of whoever asks: a group, or "department:NAME"
    std::map<std::string, Label> collections{};
};

struct ModelSettings {
    std::vector<EndpointSettings> endpoints{};  // the order in which they are preferred
    Rules rules{};
};

// invalid_input names `where`, the table and the key.
[[nodiscard]] Result<ModelSettings> parse_model_settings(std::string_view toml, const std::string& where);

// Of the file; without it there are no endpoints.
[[nodiscard]] Result<ModelSettings> read_model_settings(const std::filesystem::path& file);

// What the rules say of whoever asks and of the collections that are asked about.
[[nodiscard]] Label label_by_rules(const Rules& rules, const access::Caller& caller,
                                   const std::vector<std::string>& collections);

// The key of an endpoint, read at every call so that it can be changed while the program runs; empty when it needs none.
// `keys`: the data folder's. invalid_input when the file or the variable is empty, not_found when there is no file.
[[nodiscard]] Result<std::string> read_key(const EndpointSettings& endpoint,
                                           const std::filesystem::path& keys);

}  // namespace kansli::endpoints
