namespace Sat.Study.Testing;

/// <summary>Something that a report says, as a test.</summary>
/// <param name="Id">Names it in every run of the tests.</param>
/// <param name="Title">What is asked.</param>
/// <param name="Outcome">The answer.</param>
/// <param name="Sentence">The answer in the report's own words.</param>
internal sealed record StudyVerdict(string Id, string Title, VerdictOutcome Outcome, string Sentence);
