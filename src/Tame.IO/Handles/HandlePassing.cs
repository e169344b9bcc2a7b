using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>
/// Passes open files, pipes, connections and listeners to other processes, over a Unix domain socket of <see cref="SocketNetwork"/>, on Linux. The receiver gets its own handle for each, which refers
/// to the same open file.
/// </summary>
[SupportedOSPlatform("linux")]
public static class HandlePassing
{
    /// <summary>The largest number of handles that the system passes at a time: 253.</summary>
    public const int MostHandles = HandleMessage.MostHandles;

    /// <summary>Sends bytes, and handles with the first of them.</summary>
    /// <param name="connection">The connection: a Unix domain socket.</param>
    /// <param name="buffer">The bytes, at least one. They must not change until the event completes.</param>
    /// <param name="handles">The handles, at most <see cref="MostHandles"/>. They must stay open until the event completes, and the caller keeps them.</param>
    /// <param name="sent">Triggered when the last byte was passed to the system. A closed handle fails it with an <see cref="ObjectDisposedException"/>.</param>
    /// <exception cref="ArgumentException">The buffer is empty, a handle is null, there are too many, the connection is not a Unix domain socket, or the event belongs to another loop.</exception>
    /// <exception cref="NotSupportedException">The connection is not one of <see cref="SocketNetwork"/> with the system's calls.</exception>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this is not the loop's thread.</exception>
    /// <remarks>If something else completes the event first, such as a time limit or a cancellation, the handles may have been passed.</remarks>
    public static void SendHandles(this Connection connection, ReadOnlyMemory<byte> buffer, IReadOnlyList<SafeHandle> handles, Event sent)
    {
        ArgumentNullException.ThrowIfNull(handles);
        var socket = UnixSocket(connection);
        if (buffer.IsEmpty)
            throw HandleErrors.NoBytes(nameof(buffer));
        if (handles.Count > MostHandles)
            throw HandleErrors.TooMany(handles.Count, nameof(handles));
        SafeHandle[] copy = [.. handles];
        if (copy.Contains(null))
            throw new ArgumentException("A handle is null.", nameof(handles));
        var operation = new HandleSend(socket, buffer, copy);
        if (socket.TryTakeSend(operation, sent))
            operation.Start(sent);
    }

    /// <summary>Receives bytes, at least one and at most as many as the buffer holds, and the handles that came with them.</summary>
    /// <param name="connection">The connection: a Unix domain socket.</param>
    /// <param name="buffer">The buffer for the bytes: at least one byte long.</param>
    /// <param name="received">
    /// Gets the number of bytes, zero at the end of the stream, and the handles, which the receiver must close. If this process has too few free descriptors for the handles, the event fails with an <see cref="IOException"/>. Then the handles
    /// and the bytes are lost.
    /// </param>
    /// <exception cref="ArgumentException">The buffer is empty, the connection is not a Unix domain socket, or the event belongs to another loop.</exception>
    /// <exception cref="NotSupportedException"><inheritdoc cref="SendHandles" path="/exception[@cref='NotSupportedException']"/></exception>
    /// <exception cref="InvalidOperationException">A receive is in progress, or this is not the loop's thread.</exception>
    /// <remarks>A receive that gets handles ends with the bytes that they were sent with; it may also get earlier bytes. Receives of other kinds, and a <see cref="Reader"/>, discard handles that come with the bytes that they read.</remarks>
    public static void ReceiveHandles(this Connection connection, Memory<byte> buffer, Event<int, SafeFileHandle[]> received)
    {
        var socket = UnixSocket(connection);
        if (buffer.IsEmpty)
            throw HandleErrors.NoBytes(nameof(buffer));
        var operation = new HandleReceive(socket, buffer);
        if (socket.TryTakeReceive(operation, received.Unblocker))
            operation.Start(received);
    }

    /// <summary>Gets the handle of a connection, to send it. The connection owns it. After you have sent the handle, you may close the connection here. It stays open in the receiver.</summary>
    /// <param name="connection">The connection.</param>
    /// <exception cref="NotSupportedException"><inheritdoc cref="SendHandles" path="/exception[@cref='NotSupportedException']"/></exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public static SafeHandle GetHandle(this Connection connection)
    {
        var socket = Socket(connection);
        ObjectDisposedException.ThrowIf(socket.IsClosed, connection);
        return socket.Socket;
    }

    /// <summary>Gets the handle of a listener, to send it. The listener owns it. Processes that share a listener share its incoming connections.</summary>
    /// <param name="listener">The listener.</param>
    /// <exception cref="NotSupportedException">The listener is not one of <see cref="SocketNetwork"/> with the system's calls.</exception>
    /// <exception cref="ObjectDisposedException">The listener is closed.</exception>
    public static SafeHandle GetHandle(this Listener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        var socket = listener as LinuxListener ?? throw HandleErrors.Unsupported(listener.GetType());
        ObjectDisposedException.ThrowIf(socket.IsClosed, listener);
        return socket.Socket;
    }

    /// <summary>Makes a connection from a received socket.</summary>
    /// <param name="socket">The handle of a connected stream socket. The connection takes it over: do not use this object afterward.</param>
    /// <returns>The connection; it belongs to this thread's loop.</returns>
    /// <exception cref="ArgumentException">It is not a connected stream socket. The handle stays open.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <remarks>The socket becomes non-blocking in every process that has it open.</remarks>
    public static Connection ToConnection(this SafeFileHandle socket)
    {
        var taken = PassedSocket.Take(socket, isListening: false, nameof(socket), out var peer);
        return new LinuxConnection(taken, peer);
    }

    /// <summary>Makes a listener from a received socket.</summary>
    /// <param name="socket">The handle of a socket that listens. The listener takes it over: do not use this object afterward.</param>
    /// <returns>The listener; it belongs to this thread's loop. When it closes, it does not delete the file of a Unix domain socket, which belongs to the process that created it.</returns>
    /// <exception cref="ArgumentException">It is not a listening socket. The handle stays open.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <remarks>The socket becomes non-blocking in every process that has it open.</remarks>
    public static Listener ToListener(this SafeFileHandle socket) => new LinuxListener(PassedSocket.Take(socket, isListening: true, nameof(socket), out _));

    private static LinuxConnection Socket(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection as LinuxConnection ?? throw HandleErrors.Unsupported(connection.GetType());
    }

    private static LinuxConnection UnixSocket(Connection connection)
    {
        var socket = Socket(connection);
        return socket.IsClosed || socket.LocalEndPoint is UnixDomainSocketEndPoint ? socket : throw HandleErrors.NotUnix(socket, nameof(connection));
    }
}
