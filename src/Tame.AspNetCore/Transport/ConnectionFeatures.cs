using System.Buffers;
using System.Collections;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>The features of a connection: its own, which cost no memory, and those that other code sets.</summary>
internal sealed class ConnectionFeatures(SocketConnection connection) : IFeatureCollection
{
    private readonly Dictionary<Type, object?> _others = [];

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => _others.TryGetValue(key, out var feature) ? feature : SocketConnection.IsOwn(key) ? connection : null;
        set
        {
            Revision++;
            if (value is null && !SocketConnection.IsOwn(key))
                _others.Remove(key);
            else
                _others[key] = value;
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator()
    {
        foreach (var key in SocketConnection.OwnFeatures)
        {
            if (!_others.ContainsKey(key))
                yield return new(key, connection);
        }
        foreach (var (key, feature) in _others)
        {
            if (feature is not null)
                yield return new(key, feature);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The connection's own features.</summary>
internal sealed partial class SocketConnection
    : IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature, IConnectionLifetimeFeature, IConnectionEndPointFeature, IMemoryPoolFeature, IConnectionLoopFeature, IConnectionSocketFeature
{
    /// <summary>The socket that other code has asked for.</summary>
    private Socket? _lent;

    public static Type[] OwnFeatures { get; } =
    [
        typeof(IConnectionIdFeature), typeof(IConnectionTransportFeature), typeof(IConnectionItemsFeature), typeof(IConnectionLifetimeFeature), typeof(IConnectionEndPointFeature), typeof(IMemoryPoolFeature),
        typeof(IConnectionLoopFeature), typeof(IConnectionSocketFeature),
    ];

    MemoryPool<byte> IMemoryPoolFeature.MemoryPool => MemoryPool;

    EventLoop IConnectionLoopFeature.EventLoop => Loop;

    Socket IConnectionSocketFeature.Socket => Volatile.Read(ref _lent) ?? Lend();

    public static bool IsOwn(Type key) => Array.IndexOf(OwnFeatures, key) >= 0;

    void IConnectionLifetimeFeature.Abort() => ShutDown(new ConnectionAbortedException("The connection was aborted by the application via IConnectionLifetimeFeature.Abort()."));

    /// <summary>It has a descriptor of its own, so that a late use of it never reaches another connection.</summary>
    private Socket Lend()
    {
        bool isHeld = false;
        Socket made;
        Socket.DangerousAddRef(ref isHeld);
        try
        {
            made = LinuxSocket.Duplicate(Socket, "duplicating the descriptor of a connection");
        }
        finally
        {
            Socket.DangerousRelease();
        }
        if (Interlocked.CompareExchange(ref _lent, made, null) is { } earlier)
        {
            made.Dispose();
            return earlier;
        }
        if (Socket.IsClosed)        // then CloseLent has run, or sees this one
            CloseLent();
        return made;
    }

    private void CloseLent() => Interlocked.CompareExchange(ref _lent, null, null)?.Dispose();
}
