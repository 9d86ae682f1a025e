namespace Sat.Tool.Completion;

/// <summary>What a word can become.</summary>
/// <param name="Part">What the shell adds of its own.</param>
/// <param name="Candidates">Whole words, each with a few words on it.</param>
internal sealed record CompletionAnswer(ShellPart Part, IReadOnlyList<(string Text, string About)> Candidates);
