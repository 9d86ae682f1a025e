namespace Sat.Native;

/// <summary>
/// A file is not what <see cref="PortableElf"/> knows how to change; the message says what was expected and what was found.
/// </summary>
public sealed class ElfRefusedException(string message) : Exception(message);
