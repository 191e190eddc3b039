#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "desk/fault.hpp"
#include "json/describe.hpp"
#include "measures/experiment.hpp"
#include "measures/factors.hpp"
#include "measures/figures.hpp"
#include "measures/material.hpp"
#include "measures/survey.hpp"

// What the pages of measures send and take over the wire.
namespace kansli::api {

struct MeasuredKind {
    std::string name{};
    std::string swedish{};
    std::string english{};
    std::string service{};
};
KANSLI_DESCRIBE(MeasuredKind, name, swedish, english, service)

// A factor as it is today, and what the organisation has said of it.
struct FactorView {
    measures::Factor factor = measures::Factor::hourly_wage;
    double value = 0;
    std::string unit{};
    std::string source{};
    bool given = false;  // else what the program takes for granted
    std::vector<measures::FactorValue> history{};
};
KANSLI_DESCRIBE(FactorView, factor, value, unit, source, given, history)

struct MeasuresSettings {
    std::vector<MeasuredKind> kinds{};
    std::vector<FactorView> factors{};
    std::vector<measures::Experiment> experiments{};
    std::vector<measures::Baseline> baselines{};
    std::vector<std::string> compared{};  // figures that an experiment can be decided by
    std::vector<std::string> means{};     // figures that a baseline can be given for
    bool metered = false;                 // the processor's counters can be read
};
KANSLI_DESCRIBE(MeasuresSettings, kinds, factors, experiments, baselines, compared, means, metered)

struct NewFactor {
    double value = 0;
    Date valid_from{};
    std::string source{};
};
KANSLI_DESCRIBE(NewFactor, value, valid_from, source)

struct NewBaseline {
    std::string kind{};
    std::string figure{};
    std::int64_t n = 0;
    double mean = 0;
    double deviation = 0;
    Date start{};
    Date end{};
    std::string source{};
};
KANSLI_DESCRIBE(NewBaseline, kind, figure, n, mean, deviation, start, end, source)

struct SatisfactionRequest {
    measures::Respondent respondent = measures::Respondent::asker;
    int score = 0;
};
KANSLI_DESCRIBE(SatisfactionRequest, respondent, score)

// The questions that the caller may answer.
struct OpenQuestions {
    std::vector<measures::Respondent> satisfaction{};
};
KANSLI_DESCRIBE(OpenQuestions, satisfaction)

struct WellbeingView {
    bool due = false;  // four weeks have passed since the caller answered
};
KANSLI_DESCRIBE(WellbeingView, due)

struct WellbeingRequest {
    std::vector<int> scores{};  // of the five statements, 1–5
};
KANSLI_DESCRIBE(WellbeingRequest, scores)

struct FaultRequest {
    desk::Severity severity = desk::Severity::minor;
    std::string what{};
};
KANSLI_DESCRIBE(FaultRequest, severity, what)

}  // namespace kansli::api
