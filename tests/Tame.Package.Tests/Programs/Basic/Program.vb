Imports Library
Imports Tame

Module Program
    Sub Main()
        Console.WriteLine(EventLoop.Run(Of String)(Sub(greeting) Call New Greeter().Greet("Ada", greeting)))
    End Sub
End Module
