namespace Sat.Records.Data;

/// <summary>A known version of some files.</summary>
/// <param name="Name">Such as <c>published</c>.</param>
/// <param name="Description">What it is and where it comes from.</param>
/// <param name="Files">File name to SHA-256, 64 lower-case hexadecimal digits.</param>
/// <param name="Md5">File name to MD5, 32 lower-case hexadecimal digits, of files whose SHA-256 nobody has published; null: none.</param>
public sealed record DataVariant(
    string Name,
    string Description,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyDictionary<string, string>? Md5 = null
);
