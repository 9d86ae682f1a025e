using System.Security.Cryptography;
using System.Text;

namespace Sat.Datasets.Files;

/// <summary>Samples ordered by a hash of their files' names, so that any part of a set is a random sample of it, and the same one
/// everywhere.</summary>
static class HashOrder
{
    public static (string File, long Label)[] Of(IEnumerable<(string File, long Label)> samples) =>
        [
            .. samples.OrderBy(
                s => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(NormalName.Compose(s.File)))),
                StringComparer.Ordinal
            ),
        ];
}
