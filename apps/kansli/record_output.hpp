#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "record/proof.hpp"
#include "record/verification.hpp"

// How the commands about the record tell people what they found.
namespace kansli::app {

// A line on standard error every few seconds, for work that takes so long.
[[nodiscard]] std::function<void(std::int64_t done, std::int64_t all)> progress_on_stderr(std::string what);

// A record that holds. `key_given`: the signatures were checked against a key that the reader had already.
void print_verification(const record::Verification& result, bool key_given);

// A proof that holds.
void print_proof(const record::Proof& proof, bool key_given);

}  // namespace kansli::app
