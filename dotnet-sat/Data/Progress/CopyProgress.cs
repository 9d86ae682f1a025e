using Sat.Records.Data;

namespace Sat.Data.Progress;

/// <summary>How far the copying of some files is, told under one name.</summary>
/// <param name="name">The name.</param>
/// <param name="total">Bytes of all the files.</param>
/// <param name="listener">Hears of it.</param>
internal sealed class CopyProgress(string name, long total, IDataListener listener)
{
    private long _copied;

    public void Add(int bytes) => listener.Progressed(new DataProgress(DataStage.Copying, name, _copied += bytes, total));
}
