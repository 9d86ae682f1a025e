namespace Sat.Records.Arrays;

/// <summary>A tensor to write.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Type">The format's name of its type: <c>F32</c>, <c>I64</c>, <c>U8</c>, ...</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Write">Puts its elements into the stream, row by row, little-endian.</param>
public sealed record SafeTensor(string Name, string Type, IReadOnlyList<long> Shape, Action<Stream> Write);
