namespace StackRipping;

/// <summary>The function that continues, and the variables that it needs. With threads, the stack has both.</summary>
internal sealed class Continuation(Action<Continuation> function, object? arg1 = null, object? arg2 = null, object? arg3 = null)
{
    public Action<Continuation> Function { get; } = function;

    public object? Arg1 { get; } = arg1;

    public object? Arg2 { get; } = arg2;

    public object? Arg3 { get; } = arg3;

    public CAInfo? ReturnValue { get; set; }
}

/// <summary>The listing "Ripped Code": one function that waits has become two that do not.</summary>
/// <remarks>Source: Adya et al., "Cooperative Task Management without Manual Stack Management", USENIX ATC 2002.</remarks>
internal sealed class Ripped(Disk disk)
{
    private readonly Dictionary<int, CAInfo> _table = [];

    #region ripped
    public void GetCAInfoHandler1(int caId, Continuation callerCont)
    {
        // Return the result immediately if in cache
        CAInfo? caInfo = LookupHashTable(caId);
        if (caInfo != null)
        {
            // Call caller's continuation with result
            callerCont.ReturnValue = caInfo;
            callerCont.Function(callerCont);
            return;
        }
        // Make buffer space for disk read
        caInfo = new CAInfo();
        // Save return address & live variables
        var cont = new Continuation(GetCAInfoHandler2, caId, caInfo, callerCont);
        // Send request
        EventHandle eh = disk.InitAsyncDiskRead(caId, caInfo);
        // Schedule event handler to run on reply
        // by registering continuation
        RegisterContinuation(eh, cont);
    }

    private void GetCAInfoHandler2(Continuation cont)
    {
        // Recover live variables
        int caId = (int)cont.Arg1!;
        var caInfo = (CAInfo)cont.Arg2!;
        var callerCont = (Continuation)cont.Arg3!;
        // Stash CAInfo object in hash
        InsertHashTable(caId, caInfo);
        // Now "return" results to original caller
        callerCont.ReturnValue = caInfo;
        callerCont.Function(callerCont);
    }
    #endregion

    private CAInfo? LookupHashTable(int caId) => _table.GetValueOrDefault(caId);

    private void InsertHashTable(int caId, CAInfo caInfo) => _table[caId] = caInfo;

    private static void RegisterContinuation(EventHandle eh, Continuation cont) => eh.Done = () => cont.Function(cont);
}
