namespace Sat.Tool.Completion;

/// <summary>What the shell adds of its own.</summary>
internal enum ShellPart
{
    Nothing,
    Files,
    Folders,
}
