namespace StackRipping;

/// <summary>The function before it was ripped. It blocks its thread while it waits.</summary>
internal sealed class Blocking(Func<int, CAInfo> diskRead)
{
    private readonly Dictionary<int, CAInfo> _table = [];

    #region blocking
    public CAInfo GetCAInfo(int caId)
    {
        if (_table.TryGetValue(caId, out CAInfo? known))
            return known;
        CAInfo caInfo = diskRead(caId);
        _table[caId] = caInfo;
        return caInfo;
    }
    #endregion
}
