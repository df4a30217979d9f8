"""One form of every field type, apart from what serves it: its readers need no pages."""

FORM = """\
form: everything
title: {zh: 全部题型, en: Every type, es: Todos los tipos}
filled_by: [leader]
fields:
  text: {title: {zh: 文字, en: Text, es: Texto}, type: text}
  long_text: {title: {zh: 长文字, en: Long text, es: Texto largo}, type: long_text}
  address: {title: {zh: 地址, en: Address, es: Dirección}, type: address}
  integer: {title: {zh: 整数, en: Whole number, es: Entero}, type: integer, unit: {zh: 户, en: households, es: hogares}}
  number: {title: {zh: 小数, en: Number, es: Número}, type: number}
  money: {title: {zh: 金额, en: Money, es: Dinero}, type: money, unit: {zh: 元, en: yuan, es: yuanes}}
  twice:
    title: {zh: 两倍, en: Twice, es: El doble}
    type: integer
    calculation: integer * 2
  day: {title: {zh: 日期, en: Day, es: Día}, type: date}
  time: {title: {zh: 时刻, en: Time, es: Hora}, type: time}
  moment: {title: {zh: 日期时刻, en: Day and time, es: Día y hora}, type: datetime}
  period: {title: {zh: 月份, en: Month, es: Mes}, type: period}
  duration: {title: {zh: 时长, en: Duration, es: Duración}, type: duration}
  boolean: {title: {zh: 是否, en: Yes or no, es: Sí o no}, type: boolean}
  choice:
    title: {zh: 单选, en: One of, es: Una opción}
    type: choice
    from: {red: {zh: 红, en: Red, es: Rojo}, blue: {zh: 蓝, en: Blue, es: Azul}}
  choices:
    title: {zh: 多选, en: Some of, es: Varias opciones}
    type: choices
    from: {cat: {zh: 猫, en: Cat, es: Gato}, dog: {zh: 狗, en: Dog, es: Perro}}
  rating: {title: {zh: 评分, en: Rating, es: Puntuación}, type: rating}
  ref: {title: {zh: 住户, en: Household, es: Hogar}, type: ref, to: household}
  refs: {title: {zh: 几户, en: Households, es: Hogares}, type: refs, to: household}
  lies: {title: {zh: 网格, en: Grid, es: Cuadrícula}, type: place, to: grid}
  phone: {title: {zh: 电话, en: Telephone, es: Teléfono}, type: phone}
  id_card: {title: {zh: 身份证, en: ID card, es: Documento}, type: id_card}
  code: {title: {zh: 条码, en: Code, es: Código}, type: code}
  location: {title: {zh: 位置, en: Position, es: Posición}, type: location}
  track: {title: {zh: 轨迹, en: Way, es: Recorrido}, type: track}
  photo: {title: {zh: 照片, en: Photo, es: Foto}, type: photo}
  file: {title: {zh: 文件, en: File, es: Archivo}, type: file}
  signature: {title: {zh: 签名, en: Signature, es: Firma}, type: signature}
  home:
    type: group
    title: {zh: 家里的人, en: People at home, es: Personas en casa}
    hint: {zh: 住在一起的都算, en: Whoever lives together, es: Quienes viven juntos}
    fields:
      members:
        type: repeat
        title: {zh: 成员, en: Members, es: Miembros}
        between: [1, 4]
        fields:
          name: {type: text, title: {zh: 姓名, en: Name, es: Nombre}, required: true}
          age: {type: integer, title: {zh: 年龄, en: Age, es: Edad}, at_least: 0, unit: {zh: 岁, en: years, es: años}}
          lives: {type: ref, to: household, title: {zh: 住在, en: Lives at, es: Vive en}}
          pension:
            type: boolean
            title: {zh: 有养老金, en: Has a pension, es: Tiene pensión}
            relevant: {age: {at_least: 60}}
        totals:
          people: {count: true, title: {zh: 人数, en: Number, es: Número}, unit: {zh: 人, en: people, es: personas}}
          ages: {sum: age, title: {zh: 年龄合计, en: Ages together, es: Suma de edades}}
  note: {title: {zh: 说明, en: Note, es: Nota}, hint: {zh: 不用填, en: Nothing to fill in}, type: note}
"""
