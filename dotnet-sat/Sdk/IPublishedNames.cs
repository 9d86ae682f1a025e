namespace Sat.Sdk;

/// <summary>A backbone that published weights of other code bases fit, under other names.</summary>
public interface IPublishedNames
{
    /// <summary>This backbone's name for a parameter or buffer of another's; names that mean nothing here are returned as they
    /// are.</summary>
    string NameOf(string published);
}
