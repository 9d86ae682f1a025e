namespace Sat.Reports.Merging;

/// <summary>What one laboratory brought.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Title">The title of its publication.</param>
/// <param name="Authors">Who made it.</param>
/// <param name="Tool">Version of the tool that planned its study.</param>
/// <param name="Done">Finished runs.</param>
/// <param name="Repeated">Of these, runs that are equal to the last bit to one of an earlier contribution, and are counted there.</param>
public sealed record MergedContribution(string Name, string Title, string Authors, string Tool, int Done, int Repeated);
