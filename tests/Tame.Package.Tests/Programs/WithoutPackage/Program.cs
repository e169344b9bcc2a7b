using Library;
using Tame;

Console.WriteLine(EventLoop.Run<string>(greeting => new Greeter().Greet("Ada", greeting)));
