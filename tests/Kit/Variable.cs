namespace Sat.Tests.Kit;

/// <summary>An environment variable, set until this is disposed.</summary>
public sealed class Variable : IDisposable
{
    private readonly string _name;
    private readonly string? _before;

    /// <param name="name">Its name.</param>
    /// <param name="value">Null: it is not set.</param>
    public Variable(string name, string? value)
    {
        _name = name;
        _before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
}
