#include "assistants/question_search.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kansli;

TEST_CASE("a question is told from words to be found") {
    for (const std::string question :
         {"Hur hög får häcken vara?", "hur hög får häcken vara", "får jag bygga altan",
          "Behöver man lov för plank", "min granne eldar ris i trädgården varje kväll"})
        CHECK_MESSAGE(assistants::is_question(question), question);
    for (const std::string words :
         {"", "?", "bygglov", "avgift bygglov altan", "\"hur hög\" häck får vara", "hur hög -häck får vara",
          "hur hög häck*", "9 kap. 4 §", "timavgift bygglov 2025"})
        CHECK_FALSE_MESSAGE(assistants::is_question(words), words);
}
