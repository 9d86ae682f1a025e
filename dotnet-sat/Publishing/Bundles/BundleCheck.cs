using Sat.Records.Files;

namespace Sat.Publishing.Bundles;

/// <summary>What a check of a bundle found.</summary>
/// <param name="Files">How many files it has.</param>
/// <param name="Runs">How many runs its plan has.</param>
/// <param name="Wrong">What is wrong with which file; empty: nothing.</param>
/// <param name="MadeBy">Version of the tool that made its report; null: it was not read, since hashes are wrong.</param>
/// <param name="ArePagesChecked">True if the pages were made again by this version and compared byte for byte; false: another version made
/// them, so that the figures alone were.</param>
public sealed record BundleCheck(int Files, int Runs, IReadOnlyList<FileDamage> Wrong, string? MadeBy, bool ArePagesChecked);
