#include "record_output.hpp"

#include <chrono>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

namespace kansli::app {

using namespace std::chrono_literals;

std::function<void(std::int64_t, std::int64_t)> progress_on_stderr(std::string what) {
    using Clock = std::chrono::steady_clock;
    return [what = std::move(what), next = Clock::now() + 2s](std::int64_t done, std::int64_t all) mutable {
        if (Clock::now() < next) return;
        next = Clock::now() + 2s;
        fmt::print(stderr, "{}: {} av {} …\n", what, done, all);
    };
}

void print_verification(const record::Verification& result, bool key_given) {
    fmt::print("Kedjan är hel: {} anteckningar, senaste länken är {}.\n", result.entries, result.head);
    if (result.removed > 0) {
        fmt::print("Innehållet är borttaget i {} av dem, var och en med en anteckning som säger det.\n",
                   result.removed);
    }
    if (!result.last_checkpoint) {
        fmt::print("Ingen kontrollpunkt finns än. Gör en med: kansli record checkpoint\n");
        return;
    }
    fmt::print("Underskrivna kontrollpunkter: {}; den senaste gäller till och med anteckning {} ({}).\n",
               result.checkpoints, result.last_checkpoint->number, result.last_checkpoint->moment);
    for (const auto& key : result.keys)
        fmt::print("Nyckel: {}\n", key);
    if (!key_given) {
        fmt::print(
            "Jämför nyckeln med den som kommunen har lämnat ut, eller ange den med --public-key; den som kan "
            "ändra i databasen kan också skriva under med en egen.\n");
    }
}

void print_proof(const record::Proof& proof, bool key_given) {
    const auto& entry = proof.entry;
    fmt::print("Beviset håller.\n\n  Anteckning:     {}\n  Tid:            {}\n  Vem:            {}\n",
               entry.number, entry.moment, entry.actor);
    fmt::print("  Slag:           {}\n  Gäller:         {}\n  Kontrollsumma:  {}\n", entry.kind,
               entry.subject, entry.hash);
    if (entry.content) fmt::print("  Innehåll:       {}\n", *entry.content);
    fmt::print("  Underskriven:   {}, nyckel {}\n", proof.checkpoint.moment, proof.checkpoint.key);
    if (!key_given) {
        fmt::print(
            "\nJämför nyckeln med den som kommunen har lämnat ut, eller ange den med --public-key; annars "
            "visar "
            "beviset bara att filen stämmer med sig själv.\n");
    }
}

}  // namespace kansli::app
