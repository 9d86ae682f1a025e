using System.Text;

namespace Sat.Datasets.Files;

/// <summary>
/// Names of files as they are compared: systems write the same letters in different forms (NFC on Windows and Linux, NFD on macOS), and a
/// copied disk keeps them.
/// </summary>
static class NormalName
{
    /// <summary>The order of names' bytes in UTF-8, as Python sorts them; UTF-16's differs beyond U+FFFF.</summary>
    public static IComparer<string> ByBytes { get; } =
        Comparer<string>.Create(static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    /// <summary>The name in NFC; as it is where it is no well-formed text.</summary>
    public static string Compose(string name)
    {
        try
        {
            return name.Normalize();
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
