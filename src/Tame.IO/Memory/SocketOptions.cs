using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Options that are stored and have no effect. An option that was never set is zero.</summary>
internal struct SocketOptions
{
    private Dictionary<(SocketOptionLevel, SocketOptionName), int>? _values;

    public readonly int Get(SocketOptionLevel level, SocketOptionName name) => _values is null ? 0 : _values.GetValueOrDefault((level, name));

    public void Set(SocketOptionLevel level, SocketOptionName name, int value) => (_values ??= [])[(level, name)] = value;
}
