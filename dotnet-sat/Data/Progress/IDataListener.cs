using Sat.Records.Data;

namespace Sat.Data.Progress;

/// <summary>Hears how data come.</summary>
public interface IDataListener
{
    /// <summary>Some more was done.</summary>
    void Progressed(DataProgress progress);

    /// <summary>Something a person should know: a retry, a wait, a warning. One or two sentences.</summary>
    void Noted(string sentence);
}
